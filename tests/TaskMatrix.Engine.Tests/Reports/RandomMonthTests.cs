using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;
using TaskMatrix.Engine.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Tests.Reports;

/// <summary>26 units and 30 days of anything that can become of a report, against sums kept beside them.</summary>
public sealed class RandomMonthTests
{
    private static readonly string[] Fields = ["suspectedCases", "returneesFromWuhan"];

    private static readonly string[] Units = [.. Enumerable.Range(1, 26).Select(n => $"unit-{n}")];

    [Theory]
    [InlineData(1)]
    [InlineData(20200123)]
    public void Sums_up_as_an_independent_calculation_says(int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<ReportStatus>();
        for (var n = 0; n < 30; n++)
        {
            var day = new DateOnly(2020, 1, 23).AddDays(n);
            var (tasks, expected) = (new List<ReportTask>(), new Expected());
            foreach (var unit in Units)
            {
                tasks.AddRange(Live(unit, day, random, expected));
            }

            var sum = DailyRollUp.Of(day, tasks.OrderBy(_ => random.Next()), Units, Fields, null);

            Assert.Equal(expected.Totals, sum.Totals.Values);
            Assert.Equal((expected.Units, expected.Received), (sum.Expected, sum.Received));
            foreach (var status in Enum.GetValues<ReportStatus>())
            {
                Assert.Equal(expected.Statuses.GetValueOrDefault(status), sum.Count(status));
            }

            seen.UnionWith(expected.Statuses.Keys);
        }

        Assert.Equal(Enum.GetValues<ReportStatus>().Except([ReportStatus.Pending]).ToHashSet(), seen);
    }

    private sealed class Expected
    {
        public long[] Totals { get; } = [0, 0];

        public int Units { get; set; }

        public int Received { get; set; }

        public Dictionary<ReportStatus, int> Statuses { get; } = [];

        public void Add(ReportStatus status, long suspected, long returnees)
        {
            Units++;
            Received += status is ReportStatus.Missing ? 0 : 1;
            Totals[0] += suspected;
            Totals[1] += returnees;
            Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>One day of one unit, lived through by the methods people use; looked at two days later.</summary>
    private static IEnumerable<ReportTask> Live(string unit, DateOnly day, Random random, Expected expected)
    {
        var start = China.At($"{day:yyyy-MM-dd} 08:00");
        var (due, later) = (start.AddHours(9), start.AddDays(2));
        var (liaison, head) = (People.Of(unit, Role.Liaison), People.Of(unit, Role.Head));
        var task = TaskInstance.Issue(
            Tasks.Order with
            {
                Id = Guid.NewGuid(), LeadUnit = unit, CoUnits = [], Form = "epidemic-daily", ReviewRequired = false, AcknowledgeRequired = false, AckBy = null,
                DueAt = due, MissedBy = start.AddDays(1),
            },
            People.Scheduler, China.Reckoning, start);
        var (suspected, returnees) = (random.Next(0, 4), random.Next(0, 100));
        switch (random.Next(7))
        {
            case 0:
                expected.Add(ReportStatus.Missing, 0, 0);
                break;
            case 1:
                File(task, Nil, due.AddHours(-1));
                expected.Add(ReportStatus.Nil, 0, 0);
                break;
            case 2:
                File(task, Figures(suspected, returnees), due.AddHours(-2));
                expected.Add(ReportStatus.Reported, suspected, returnees);
                break;
            case 3:
                File(task, Figures(suspected, returnees), due.AddHours(random.Next(0, 30)));
                expected.Add(ReportStatus.Late, suspected, returnees);
                break;
            case 4:
                File(task, random.Next(2) == 0 ? Nil : Figures(9, 9), due.AddHours(-3));
                Correct(task, Figures(suspected, returnees), due.AddHours(20));
                expected.Add(ReportStatus.Corrected, suspected, returnees);
                break;
            case 5:
                File(task, Figures(suspected, returnees), due.AddHours(-3));
                task.Correct(liaison, Figures(99, 99), "未经审签", due.AddHours(-2));
                expected.Add(ReportStatus.Reported, suspected, returnees);
                break;
            default:
                task.Terminate(People.Office, "解除响应", null, due);
                break;
        }

        return [ReportTask.Of(task, day, later)];

        void File(TaskInstance filed, Report report, DateTimeOffset at)
        {
            filed.Submit(liaison, report, at);
            filed.Sign(head, null, at);
        }

        void Correct(TaskInstance filed, Report report, DateTimeOffset at)
        {
            filed.Correct(liaison, report, "核实", at);
            filed.Sign(head, null, at);
        }
    }

    private static readonly Report Nil = new("无情况", null, [], Outcome.NothingToReport);

    private static Report Figures(int suspected, int returnees) =>
        new("报", $$"""{"suspectedCases":{{suspected}},"returneesFromWuhan":{{returnees}}}""", [], Outcome.Done);
}
