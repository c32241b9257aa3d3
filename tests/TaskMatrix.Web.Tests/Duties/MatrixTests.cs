using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Duties;

public sealed class MatrixTests
{
    [Theory]
    [InlineData("taiping", "taiping-2020-3", 26)]
    [InlineData("lanxi", "lanxi-2020", 22)]
    public async Task Shows_every_unit_and_a_row_for_every_duty(string jurisdiction, string plan, int units)
    {
        var api = await RunningApi.Shared;
        var office = api.As($"{jurisdiction}.office");
        var matrix = (await office.Get($"/api/matrix?jurisdiction={jurisdiction}&plan={plan}")).Ok();
        Assert.Equal(units, matrix["units"]!.AsArray().Count);
        Assert.Equal((await office.All($"/api/duties?plan={plan}")).Select(duty => duty.Text("id")).Order(), matrix["rows"]!.AsArray().Select(row => row!.Text("dutyId")).Order());
        Assert.Equal(matrix.ToJsonString(), (await office.Get("/api/matrix")).Ok().ToJsonString());
        Assert.All(matrix["rows"]!.AsArray(), row =>
        {
            Assert.NotEmpty(row!.Text("title"));
            Assert.NotEmpty(row!.Text("section"));
            Assert.Contains(row!["cells"]!.AsObject(), cell => cell.Value!.Text("raci").Contains('R', StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Its_figures_are_those_of_the_tasks()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var task = (await office.All("/api/tasks?unit=education&state=pendingAck&plan=taiping-2020-3")).First(one => one.Text("leadUnit") == "education" && !one.Flag("signOffRequired"));
        await api.As("taiping.education").Do(task.Text("id"), "acknowledge");
        await api.As("taiping.education").Do(task.Text("id"), "submit", new { text = "已部署" });
        await office.Do(task.Text("id"), "approve");
        (await office.Post("/api/exercise/advance", new { by = "PT25H" })).Ok();

        var tasks = (await office.All("/api/tasks?plan=taiping-2020-3")).ToLookup(one => (one.Text("duty"), one.Text("leadUnit")));
        var late = (await office.All("/api/overdue")).ToLookup(one => (one.Text("duty"), one.Text("leadUnit")));
        var matrix = (await office.Get("/api/matrix")).Ok();
        var open = 0;
        foreach (var row in matrix["rows"]!.AsArray().Select(row => row!))
        {
            foreach (var (unit, cell) in row["cells"]!.AsObject())
            {
                var own = tasks[(row.Text("dutyId"), unit)].ToList();
                open += cell!.Number("open");
                Assert.Equal(own.Count(one => one.Text("state") is not ("closed" or "missed" or "notApplicable" or "terminated")), cell!.Number("open"));
                Assert.Equal(own.Count(one => one.Text("state") == "closed"), cell!.Number("closed"));
                Assert.Equal(late[(row.Text("dutyId"), unit)].Count(), cell!.Number("overdue"));
                Assert.Equal(cell!.Number("overdue") > 0, cell!.Text("light") == "red");
            }
        }

        Assert.Equal((await office.Get("/api/tasks/counts?plan=taiping-2020-3")).Ok().Number("open"), open);
    }

    [Fact]
    public async Task A_unit_sees_its_own_figures_and_every_duty()
    {
        var api = await RunningApi.Shared;
        var seen = (await api.As("taiping.education").Get("/api/matrix")).Ok();
        Assert.Equal((await api.As("taiping.office").Get("/api/matrix")).Ok()["rows"]!.AsArray().Count, seen["rows"]!.AsArray().Count);
        var figures = seen["rows"]!.AsArray().SelectMany(row => row!["cells"]!.AsObject()).ToLookup(
            cell => cell.Key == "education", cell => cell.Value!.Number("open") + cell.Value!.Number("overdue") + cell.Value!.Number("closed"));
        Assert.True(figures[true].Sum() > 10);
        Assert.Equal(0, figures[false].Sum());
    }

    [Fact]
    public async Task Knows_no_plan_and_no_place_but_the_own()
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").Get("/api/matrix?plan=lanxi-2020")).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/matrix?jurisdiction=lanxi")).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/matrix?plan=none")).Refused(404, "not-found");
        (await api.As("taiping.sysadmin").Get("/api/matrix")).Refused(404, "not-found");
    }
}
