using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

/// <summary>Each case spoils one shipped file that is no duty file.</summary>
public sealed class BadDefinitionTests
{
    [Theory]
    [InlineData("daily-report", "start: report", "start: rapport", "process.unknown-step")]
    [InlineData("daily-report", "next: any-suspected", "next: nobody", "process.unknown-step")]
    [InlineData("daily-report", "{ step: report", "{ step: done", "process.unknown-step")]
    [InlineData("daily-report", "otherwise: done", "otherwise: any-suspected", "process.cycle-without-task")]
    [InlineData("daily-report", "next: raise-suspected", "next: done", "process.unreachable-step")]
    [InlineData("daily-report", "- id: any-suspected", "- id: report", "process.duplicate-step")]
    [InlineData("daily-report", "signOff: true, next", "signOff: true, form: register-daily, next", "definition.unknown-field")]
    [InlineData("daily-report", "event: suspected-case", "event: suspicion", "definition.unknown-event")]
    [InlineData("daily-report", "operator: gt", "operator: \">\"", "definition.bad-enum")]
    [InlineData("daily-report", "signOff: true", "signOf: true", "yaml.unknown-member")]
    [InlineData("daily-report", "signOff: true", "signOff: yes", "yaml.wrong-type")]
    [InlineData("daily-report", "signOff: true", "owner: nobody", "definition.unknown-unit")]
    [InlineData("daily-report", "signOff: true", "due: never", "definition.bad-deadline")]
    [InlineData("daily-report", "signOff: true", "form: nothing", "definition.unknown-form")]
    [InlineData("daily-report", "kind: raise", "kind: rise", "definition.bad-enum")]
    [InlineData("daily-report", "id: daily-report", "id: daily", "definition.id-mismatch")]
    [InlineData("daily-report", "title: 填报, ", "", "yaml.missing")]
    [InlineData("daily-report", "{ people: suspectedCases }", "{ sick: suspectedCases }", "definition.unknown-field")]
    [InlineData("collect-and-report", "each: any-suspected", "each: nobody", "process.unknown-step")]
    [InlineData("collect-and-report", "each: any-suspected", "each: summary", "process.each-leads-to-task")]
    [InlineData("supervision-round", "join: all", "join: most", "definition.bad-enum")]
    [InlineData("supervision-round", "with:class", "with:units", "process.unknown-parameter")]
    [InlineData("supervision-round", "\"with:class\"", "bureaus", "definition.unknown-class")]
    [InlineData("act-then-file", "with:fileDue", "with:due", "process.unknown-parameter")]
    [InlineData("escalations.standard", "offset: PT0S", "offset: -PT4H", "ladder.same-moment")]
    [InlineData("escalations.standard", "offset: PT0S", "offset: now", "definition.bad-deadline")]
    [InlineData("escalations.standard", "name: urge", "name: remind", "ladder.duplicate-name")]
    [InlineData("escalations.standard", "level: 1", "level: one", "yaml.wrong-type")]
    [InlineData("escalations.standard", "level: 1", "level: 11", "ladder.bad-level")]
    [InlineData("escalations.strict", "22:00-07:00", "22:00", "ladder.bad-quiet-hours")]
    [InlineData("escalations.strict", "every: PT6H", "every: PT6S", "ladder.bad-repeat")]
    [InlineData("escalations.strict", "times: 3", "times: 100", "ladder.bad-repeat")]
    [InlineData("escalations.strict", "kind: open-inspection, anchor: due, offset: P3D", "kind: open-inspection, anchor: due, offset: -P3D", "ladder.inspects-once-late")]
    [InlineData("escalations.strict", "to: head", "to: everybody", "definition.bad-enum")]
    [InlineData("escalations.standard", "to: leader", "to: everybody", "definition.bad-enum")]
    [InlineData("calendars.china", "- 2020-01-24", "- 2020-02-30", "calendar.bad-date")]
    [InlineData("calendars.china", "- 2020-01-24", "- 2021-01-24", "calendar.bad-date")]
    [InlineData("calendars.china", "- 2020-01-25", "- 2020-01-24", "calendar.bad-date")]
    [InlineData("calendars.china", "- 2020-01-19", "- 2020-01-24", "calendar.bad-date")]
    [InlineData("calendars.china", "13:30-17:00", "11:00-17:00", "calendar.bad-hours")]
    [InlineData("calendars.china", "13:30-17:00", "17:00-13:30", "calendar.bad-hours")]
    [InlineData("events", "- id: confirmed-case", "- id: suspected-case", "definition.duplicate-event")]
    [InlineData("events", "raisedBy: [leader, office]", "raisedBy: [press]", "definition.bad-enum")]
    [InlineData("forms.checklist", "\"type\": \"object\",", "\"type\": \"object\"", "form.syntax")]
    [InlineData("forms.checklist", "\"title\": \"检查记录\",", "", "yaml.missing")]
    [InlineData("seed.taiping", "zone: Asia/Shanghai", "zone: Asia/Fuxin", "seed.unknown-zone")]
    [InlineData("seed.taiping", "calendar: china", "calendar: mars", "definition.unknown-calendar")]
    [InlineData("seed.taiping", "documents/taiping", "documents/nowhere", "plan.document-not-readable")]
    [InlineData("seed.taiping", "documents/taiping-2020-3-plan.txt", "../taiping.yaml", "plan.document-not-readable")]
    [InlineData("seed.taiping", "text: 四、职责分工", "text: 四、职责", "definition.unknown-section", "id: 四、职责分工", "id: 四")]
    [InlineData("seed.taiping", "text: 一、总体目标", "text: 一、总目标", "plan.section-not-found")]
    [InlineData("seed.taiping", "id: 一、总体目标", "id: 引言", "plan.duplicate-section")]
    [InlineData("seed.taiping", "issuedOn: 2020-01-23", "issuedOn: yesterday", "yaml.wrong-type")]
    [InlineData("seed.taiping", "name: 各县区", "name: 各县市", "definition.wording-not-found")]
    [InlineData("seed.taiping", "name: 区财政局\n", "name: 区司法局\n", "seed.ambiguous-name")]
    [InlineData("seed.taiping", "role: deputy", "role: vice", "definition.bad-enum")]
    [InlineData("seed.lanxi", "quote: （一）宣传发动（2020年1月22日前）", "quote: （一）宣传（2020年）", "definition.wording-not-found")]
    [InlineData("taiping.no-duty", "reason: 主送机关", "why: 主送机关", "yaml.unknown-member")]
    [InlineData("taiping.no-duty", "quote: 太平区人民政府办公室", "quote: 太平区人民政府公室", "definition.quote-not-found")]
    public void A_spoiled_file_is_told_with_its_code_and_line(
        string id, string good, string bad, string code, string alsoGood = "\n", string alsoBad = "\n")
    {
        var text = Shipped.TextOf(id);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, good);
        var spoiled = (text[..at] + bad + text[(at + good.Length)..]).Replace(alsoGood, alsoBad, StringComparison.Ordinal);

        var problem = Problems(id, spoiled).First(problem => problem.Code == code);

        Assert.True(problem.Line > 0 && problem.Column > 0);
        Assert.True(code is "definition.unknown-section" || problem.File == Shipped.Files.Single(file => file.Id == id).Path, problem.ToString());
    }

    [Theory]
    [InlineData("", "yaml.wrong-type")]
    [InlineData("just words", "yaml.wrong-type")]
    [InlineData("a: 1\n---\nb: 2", "yaml.wrong-type")]
    [InlineData("a: &x 1", "yaml.syntax")]
    [InlineData("a: {", "yaml.syntax")]
    [InlineData("a: !x 1", "yaml.syntax")]
    [InlineData("!x id: 1\nid: 2", "yaml.syntax")]
    [InlineData("id: anything\n\tstart: 1", "yaml.syntax")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "yaml.syntax")]
    [InlineData("title: 一\ntitle: 二", "yaml.duplicate-member")]
    [InlineData("steps: {}\n? [a]\n: b", "yaml.unknown-member")]
    public void A_text_that_is_no_definition_is_told_and_thrown_at_nobody(string yaml, string code)
    {
        Assert.Contains(DefinitionLoader.Check(Shipped.Set, "anything", yaml), problem => problem.Code == code);
    }

    [Fact]
    public void A_problem_knows_its_line_and_column()
    {
        var yaml = Shipped.TextOf("single-task").Replace("start: work", "start: nowhere", StringComparison.Ordinal);

        var problem = Assert.Single(DefinitionLoader.Check(Shipped.Set, "single-task", yaml));

        Assert.Equal(new { File = "single-task", Line = 5, Column = 8, Code = "process.unknown-step" }, new { problem.File, problem.Line, problem.Column, problem.Code });
        Assert.Equal(["nowhere"], problem.Arguments);
    }

    /// <summary>Only what is needed is loaded with it, for speed: a seed stands before all duties, the others are few.</summary>
    private static IReadOnlyList<DefinitionProblem> Problems(string id, string spoiled) =>
        Assert.Throws<DefinitionException>(() => Shipped.Load([.. Shipped.With(id, spoiled).Where(IsNeeded)])).Problems;

    private static bool IsNeeded(DefinitionFile file) =>
        file.Id == "taiping.no-duty" || !(file.Path.Contains("/taiping/", StringComparison.Ordinal) || file.Path.Contains("/lanxi/", StringComparison.Ordinal));
}
