using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

/// <summary>Each case spoils one line of a good duty file; the problem names that file, line and code.</summary>
public sealed class BadDutyTests
{
    private const string Id = "taiping.extra", Path = "workflows/taiping/extra.yaml";

    private const string Good =
        """
        unit: education
        plan: taiping-2020-3
        duties:
          - id: taiping.extra.one
            title: 学生晨午检
            english: Checks
            clause: { section: 四、职责分工, quote: 做好学生晨午检 }
            kind: recurring
            process: daily-checklist
            with: { items: [晨检] }
            schedule: { cron: "0 8 * * *", due: "15:00", basis: text }
            coOwners: [{ unit: health, role: assist, wording: 与卫生健康部门密切配合 }]
            assumptions: [{ field: schedule.due, why: 原文未写时限 }]
          - id: taiping.extra.two
            title: 会议
            english: Meeting
            clause: { section: 五(一)协调联动机制, quote: 协调会议可由各部门提出 }
            kind: event
            event: meeting-called
            process: event-response
            due: P1D
            raci: { informed: [health] }
            register:
              name: 参会人员
              english: Attendees
              columns: [code, name]
              daily: true
              results: [{ id: came, title: 到会, english: Came }]
        """;

    [Fact]
    public void The_good_file_is_good()
    {
        Assert.Equal(["health"], DefinitionLoader.With(Shipped.Set, Id, 1, Good).Duty("taiping.extra.two")!.Raci.Informed);
    }

    [Theory]
    [InlineData(1, "unit: education", "unit: treasury", 1, "definition.unknown-unit")]
    [InlineData(1, "unit: education", "unti: education", 1, "yaml.unknown-member")]
    [InlineData(2, "taiping-2020-3", "taiping-2021", 2, "definition.unknown-plan")]
    [InlineData(2, "taiping-2020-3", "lanxi-2020", 2, "definition.wrong-jurisdiction")]
    [InlineData(3, "duties:", "duties: none", 3, "yaml.wrong-type", true)]
    [InlineData(4, "taiping.extra.one", "Taiping.extra.one", 4, "definition.bad-id")]
    [InlineData(4, "taiping.extra.one", "lanxi.extra.one", 4, "definition.bad-id")]
    [InlineData(4, "taiping.extra.one", "taiping.education.absence-checks", 4, "definition.duplicate-duty")]
    [InlineData(14, "taiping.extra.two", "taiping.extra.one", 14, "definition.duplicate-duty")]
    [InlineData(5, "title: 学生晨午检", "title: ", 5, "yaml.missing", false, 4)]
    [InlineData(5, "title: 学生晨午检", "title: [学生]", 5, "yaml.wrong-type")]
    [InlineData(6, "english:", "title:", 6, "yaml.duplicate-member")]
    [InlineData(7, "四、职责分工", "四、职责", 7, "definition.unknown-section")]
    [InlineData(7, "做好学生晨午检", "做好学生晨检", 7, "definition.quote-not-found")]
    [InlineData(7, "做好学生晨午检", "新型冠状病毒", 7, "definition.quote-ambiguous")]
    [InlineData(7, "quote:", "qoute:", 7, "yaml.unknown-member")]
    [InlineData(8, "recurring", "daily", 8, "definition.bad-enum")]
    [InlineData(8, "recurring", "oneOff", 11, "definition.misplaced-member")]
    [InlineData(9, "daily-checklist", "daily-checks", 9, "definition.unknown-process")]
    [InlineData(9, "daily-checklist", "daily-register", 10, "definition.missing-parameter")]
    [InlineData(10, "items", "itmes", 10, "definition.missing-parameter")]
    [InlineData(10, "[晨检]", "[晨检], form: none", 10, "definition.unknown-form")]
    [InlineData(10, "[晨检]", "[晨检], authoritative: health", 10, "definition.missing-parameter")]
    [InlineData(10, "[晨检]", "[晨检], form: epidemic-daily, authoritative: treasury, authoritativeFields: [suspectedCases]", 10, "definition.unknown-unit")]
    [InlineData(10, "[晨检]", "[晨检], form: epidemic-daily, authoritative: health, authoritativeFields: [remarks]", 10, "definition.unknown-field")]
    [InlineData(11, "0 8 * * *", "0 8 * *", 11, "definition.bad-cron")]
    [InlineData(11, "0 8 * * *", "0 8 1 * 1", 11, "definition.bad-cron")]
    [InlineData(11, "15:00", "25:00", 11, "definition.bad-deadline")]
    [InlineData(11, "15:00", "2020-01-23", 11, "definition.bad-deadline")]
    [InlineData(11, "basis: text", "basis: hearsay", 11, "definition.bad-enum")]
    [InlineData(11, "basis: text", "policy: some, basis: text", 11, "definition.bad-enum")]
    [InlineData(11, "    schedule:", "    due: P1D # schedule:", 11, "definition.misplaced-member")]
    [InlineData(12, "unit: health", "unit: treasury", 12, "definition.unknown-unit")]
    [InlineData(12, "unit: health", "class: bureaus", 12, "definition.unknown-class")]
    [InlineData(12, "unit: health", "unit: education", 12, "definition.duplicate-owner")]
    [InlineData(12, "assist", "helper", 12, "definition.bad-enum")]
    [InlineData(12, "密切配合", "紧密配合", 12, "definition.wording-not-found")]
    [InlineData(13, "schedule.due", "schedul.due", 13, "definition.bad-enum")]
    [InlineData(13, "why: 原文未写时限", "because: 原文未写时限", 13, "yaml.unknown-member")]
    [InlineData(19, "meeting-called", "meeting-held", 19, "definition.unknown-event")]
    [InlineData(19, "event: meeting-called", "phase: implementation", 19, "definition.unknown-phase")]
    [InlineData(21, "P1D", "soon", 21, "definition.bad-deadline")]
    [InlineData(21, "P1D", "P1M", 21, "definition.bad-deadline")]
    [InlineData(21, "due: P1D", "acknowledge: \"12:00\"", 21, "definition.bad-deadline")]
    [InlineData(21, "due: P1D", "ladder: steep", 21, "definition.unknown-ladder")]
    [InlineData(21, "due: P1D", "calendar: lunar", 21, "definition.bad-enum")]
    [InlineData(21, "due: P1D", "enabled: perhaps", 21, "yaml.wrong-type")]
    [InlineData(21, "due: P1D", "units: { class: all-units }", 21, "definition.misplaced-member")]
    [InlineData(22, "[health]", "[health, treasury]", 22, "definition.unknown-unit")]
    [InlineData(22, "raci: {", "raci: [", 22, "yaml.syntax")]
    [InlineData(24, "name: 参会人员", "name: ", 24, "yaml.missing", false, 23)]
    [InlineData(26, "name]", "nmae]", 26, "definition.unknown-field")]
    [InlineData(26, "code, name", "name, code", 26, "definition.bad-columns")]
    [InlineData(26, "code, name", "code, name, name", 26, "definition.bad-columns")]
    [InlineData(27, "daily: true", "daily: false", 28, "definition.misplaced-member")]
    [InlineData(27, "daily: true", "daily: often", 27, "yaml.wrong-type")]
    [InlineData(28, "results: [{", "result: [{", 28, "yaml.unknown-member")]
    [InlineData(28, "results:", "daily:", 28, "yaml.duplicate-member")]
    [InlineData(28, "id: came", "id: Came", 28, "definition.bad-name")]
    [InlineData(28, "english: Came }", "english: Came }, { id: came, title: 又, english: Again }", 28, "yaml.duplicate-member")]
    [InlineData(20, "process: event-response", "<<: *none", 20, "yaml.syntax")]
    public void A_bad_line_is_told_with_its_code(int line, string good, string bad, int toldAt, string code, bool cutAfter = false, int? orAt = null)
    {
        var problems = Problems(Spoil(line, good, bad, cutAfter));

        Assert.Contains(problems, problem => problem.File == Id && (problem.Line == toldAt || problem.Line == orAt) && problem.Code == code);
    }

    [Fact]
    public void An_unknown_unit_of_the_file_is_told_once()
    {
        Assert.Single(Problems(Spoil(1, "education", "treasury", false)), problem => problem.Code == "definition.unknown-unit");
    }

    [Fact]
    public void A_duty_of_no_unit_is_refused()
    {
        var text = Good.Replace("unit: education\n", "", StringComparison.Ordinal)
            .Replace("    kind: recurring", "    units: { ids: [] }\n    kind: recurring", StringComparison.Ordinal)
            .Replace("    kind: event", "    units: { ids: [health] }\n    kind: event", StringComparison.Ordinal);

        var problem = Assert.Single(Problems(text));

        Assert.Equal(("yaml.missing", 7), (problem.Code, problem.Line));
    }

    [Fact]
    public void All_problems_of_all_files_are_told_together()
    {
        var spoiled = Spoil(7, "做好学生晨午检", "做好学生晨检", false).Replace("meeting-called", "meeting-held", StringComparison.Ordinal);
        var process = Shipped.TextOf("single-task").Replace("next: done", "next: gone", StringComparison.Ordinal);
        var files = Shipped.With("single-task", process).Append(new DefinitionFile(Id, Path, spoiled)).ToList();

        var told = Assert.Throws<DefinitionException>(() => Shipped.Load(files));

        Assert.Equal(
            ["process.unknown-step", "definition.quote-not-found", "definition.unknown-event"], told.Problems.Select(problem => problem.Code));
        Assert.Contains("workflows/taiping/extra.yaml:7:", told.Message);
        Assert.Contains("做好学生晨检", told.Message);
    }

    [Fact]
    public void A_process_that_cannot_be_read_does_not_make_its_duties_look_wrong()
    {
        var told = Assert.Throws<DefinitionException>(() => Shipped.Load(Shipped.With("single-task", "id: [")));

        Assert.Equal(["yaml.syntax"], told.Problems.Select(problem => problem.Code));
    }

    private static string Spoil(int line, string good, string bad, bool cutAfter)
    {
        var lines = Good.Split('\n');
        Assert.Contains(good, lines[line - 1]);
        lines[line - 1] = lines[line - 1].Replace(good, bad, StringComparison.Ordinal);
        return string.Join('\n', cutAfter ? lines[..line] : lines);
    }

    private static IReadOnlyList<DefinitionProblem> Problems(string text) => DefinitionLoader.Check(Shipped.Set, Id, text);
}
