using System.Net;
using TaskMatrix.App.Duties;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Duties;

[Collection(PagesCollection.Name)]
public sealed class StandingPageTests(PagesServer server)
{
    [Fact]
    public async Task Every_standing_duty_of_the_unit_has_one_line_in_which_it_is_acknowledged_and_fed_back()
    {
        var duties = await server.Send("taiping.emergency", new ListStanding.Query());
        Assert.NotEmpty(duties);
        Assert.All(duties, line => Assert.Equal(DutyKind.Standing, line.Duty.Kind));
        var visitor = await server.Visit("taiping.emergency");
        var page = await visitor.Get("/standing");
        Assert.Equal(duties.Count, page.Document.QuerySelectorAll(".standing tbody tr").Length);
        var first = duties.First(line => line.Task is { State: TaskState.PendingAck }).Task!;

        var acknowledged = await visitor.Send(page.Form("/tasks/many/acknowledge"), ("one", first.Id.ToString()));
        Assert.Equal("/standing", acknowledged.Address.AbsolutePath);
        var fedBack = await visitor.Send(acknowledged.Form($"/tasks/{first.Id}/submit"), ("text", "本周已落实"));

        Assert.Equal("/standing", fedBack.Address.AbsolutePath);
        var after = (await server.Send("taiping.emergency", new ListStanding.Query())).Single(line => line.Duty.Id == first.Duty);
        Assert.NotNull(after.DoneAt);
        Assert.NotNull(after.NextAt);
    }

    [Fact]
    public async Task Those_who_oversee_choose_a_unit_and_a_unit_sees_its_own_alone()
    {
        var office = await (await server.Visit("taiping.office")).Get("/standing?unit=health");
        Assert.Equal("health", office.Document.QuerySelector("select[name=unit] option[selected]")!.GetAttribute("value"));
        Assert.NotEmpty(office.Document.QuerySelectorAll(".standing tbody tr"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.education")).Get("/standing?unit=health")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.sysadmin")).Get("/standing")).Status);
    }
}
