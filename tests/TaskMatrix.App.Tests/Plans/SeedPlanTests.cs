using TaskMatrix.App.Tests.Workflows;

namespace TaskMatrix.App.Tests.Plans;

public sealed class SeedPlanTests
{
    [Fact]
    public void Both_seeds_load_whole()
    {
        Assert.Equal(["lanxi", "taiping"], Shipped.Set.Jurisdictions.Select(jurisdiction => jurisdiction.Id));
    }
}
