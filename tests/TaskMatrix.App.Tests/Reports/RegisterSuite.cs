using System.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Reports;

public sealed class RegistersOnSqlite() : RegisterSuite(new SqliteDatabase());

public sealed class RegistersOnPostgres() : RegisterSuite(new PostgresDatabase());

public abstract class RegisterSuite(ITestDatabase database)
{
    private const string Calls = "taiping.all-units.student-phone-calls", Stocks = "taiping.civil-affairs.relief-stocks", Town = "shuiquan-town", Street = "gaode-street";

    private static readonly DateOnly Today = new(2020, 1, 23);

    private static readonly Actor Liaison = People.Liaison(Town);

    [Fact]
    public async Task Figures_by_unit_and_place_agree_with_a_count_by_hand_on_every_day()
    {
        await using var system = await TestSystem.Start(database);
        var random = new Random(20200123);
        string[] units = [Town, Street], places = ["前村", "后村", ""], results = ["well", "unwell", "notReached"];
        var lines = new List<(string Unit, string Code, string Place, int From, int Until)>();
        var answers = new Dictionary<(string Unit, string Code, int Day), string>();
        for (var day = 0; day < 4; day++)
        {
            foreach (var unit in units)
            {
                var added = Enumerable.Range(0, random.Next(1, 6)).Select(i => (unit, Code: $"{day}-{i}", Place: places[random.Next(3)], day, int.MaxValue)).ToList();
                await system.Send(Add(Calls, unit, [.. added.Select(line => Line(line.Code, ("name", "张三"), ("place", line.Place)))]), People.Liaison(unit));
                lines.AddRange(added);
                var standing = lines.Where(line => line.Unit == unit && line.From <= day && line.Until > day).ToList();
                var chosen = standing.Where(_ => random.Next(2) == 0).Select(line => (line.Code, Result: results[random.Next(3)])).ToList();
                if (chosen.Count > 0)
                {
                    await system.Send(Results(unit, Today.AddDays(day), [.. chosen]), People.Liaison(unit));
                    chosen.ForEach(one => answers[(unit, one.Code, day)] = one.Result);
                }

                var gone = standing[random.Next(standing.Count)];
                await system.Send(new StrikeOffRegisterLine.Command(Calls, unit, gone.Code, "已离区", null), People.Head(unit));
                lines[lines.IndexOf(gone)] = gone with { Until = day };
            }

            system.Pass(TimeSpan.FromDays(1));
        }

        for (var day = 0; day < 4; day++)
        {
            var views = await system.Send(new ListRegisters.Query("taiping", Calls, null, Today.AddDays(day)), People.Office);
            foreach (var unit in units)
            {
                var standing = lines.Where(line => line.Unit == unit && line.From <= day && line.Until > day).ToList();
                var answered = standing.Count(line => answers.ContainsKey((unit, line.Code, day)));
                var view = views.Single(view => view.Unit == unit);
                Assert.Equal((standing.Count, answered), (view.Lines, view.Answered));
                Assert.Equal(standing.Count == 0 ? null : (double?)answered / standing.Count, view.Coverage);
                Assert.All(view.ByPlace, place => Assert.Equal(standing.Count(line => line.Place == (place.Place ?? "")), place.Lines));
                Assert.Equal(standing.Count, view.ByPlace.Sum(place => place.Lines));
                foreach (var result in results)
                {
                    Assert.Equal(standing.Count(line => answers.GetValueOrDefault((unit, line.Code, day)) == result), view.Results.GetValueOrDefault(result));
                }
            }

            Assert.Equal((0, 0, null), (views.Single(view => view.Unit == "hongshu-street") is var none ? (none.Lines, none.Answered, none.Coverage) : default));
        }
    }

    [Fact]
    public async Task One_bad_row_stops_the_whole_file_and_every_bad_row_is_listed()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Calls, Town, [Line("K1")]), Liaison);

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => system.Send(
            Import("编号,姓名,电话,日期\nA1,张三,13700000737,2020-01-20\nA2,李四,电话,2020-02-31\n,王五,,\nA1,赵六,,\nK1,钱七,,\n=x,,,\nA9,好人,,"), Liaison));

        Assert.Equal(
            [(3, "phone", "register.bad-phone"), (3, "since", "register.bad-date"), (4, "code", "register.code-missing"), (5, "code", "register.code-twice"),
             (6, "code", "register.code-taken"), (7, "code", "register.bad-code")],
            refused.Problems.Select(problem => (problem.Line, problem.Column!, problem.Code)));
        Assert.Equal(["K1"], await Codes(system));
        Assert.Equal(["add-register-lines"], await Entries(system));
    }

    [Fact]
    public async Task A_good_file_comes_in_whole_and_its_formulas_stay_words()
    {
        await using var system = await TestSystem.Start(database);

        var result = await system.Send(Import("code\tname\tnote\nA1\t张三\t=HYPERLINK(\"x\")\nA2\t\t\"两行\n备注\"\n".Replace("=HYPERLINK(\"x\")", "=1+1")), Liaison);

        Assert.Equal(2, result.Imported);
        Assert.Equal(["A1", "A2"], await Codes(system));
        var one = await system.Send(new ReadRegisterLine.Command(Calls, Town, "A1", null), Liaison);
        Assert.Equal("=1+1", one.Values["note"]);
        var text = Encoding.UTF8.GetString(await system.Send(new ExportRegister.Command(Calls, Town, null, false), Liaison));
        Assert.Contains("'=1+1", text);
        Assert.Contains("张*", text);
        Assert.DoesNotContain("张三", text);
    }

    [Fact]
    public async Task Five_thousand_lines_come_in_at_once_and_nobody_is_there_twice()
    {
        await using var system = await TestSystem.Start(database);
        var file = "code,place\n" + string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"A{i:0000},村{i % 40}"));

        Assert.Equal(5000, (await system.Send(Import(file), Liaison)).Imported);

        var view = Assert.Single(await system.Send(new ListRegisters.Query(null, Calls, Town, null), Liaison));
        Assert.Equal((5000, 40), (view.Lines, view.ByPlace.Count));
        Assert.Equal(5000, (await Assert.ThrowsAsync<ImportRefusedException>(() => system.Send(Import(file), Liaison))).Problems.Count);
    }

    [Fact]
    public async Task Lists_are_masked_for_all_and_a_single_line_is_clear_for_the_unit_alone_and_recorded_once_a_reading()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Calls, Town, [Line("A1", ("name", "张三"), ("phone", "13700000737"), ("note", "父亲13900001111"))]), Liaison);

        foreach (var who in new[] { Liaison, People.Office, People.Inspector, People.Leader })
        {
            var listed = Assert.Single((await system.Send(new ListRegisterLines.Query(Calls, Town, null, null, false, Paging.First), who)).Items);
            Assert.Equal(("张*", "137****0737", "父亲139****1111"), (listed.Values["name"], listed.Values["phone"], listed.Values["note"]));
        }

        Assert.Equal("张*", (await system.Send(new ReadRegisterLine.Command(Calls, Town, "A1", null), People.Office)).Values["name"]);
        Assert.DoesNotContain("read-register-line", await Entries(system));
        Assert.Equal("13700000737", (await system.Send(new ReadRegisterLine.Command(Calls, Town, "A1", null), Liaison)).Values["phone"]);
        Assert.Single(await Entries(system), entry => entry == "read-register-line");

        // Whoever sees masked values cannot find them by searching.
        Assert.Empty((await system.Send(new ListRegisterLines.Query(Calls, Town, null, "张三", false, Paging.First), People.Office)).Items);
        Assert.Single((await system.Send(new ListRegisterLines.Query(Calls, Town, null, "张三", false, Paging.First), Liaison)).Items);

        var record = string.Join('\n', await system.Read(db => db.Audit.Where(entry => entry.Action.Contains("register")).Select(entry => entry.Payload).ToListAsync()));
        Assert.DoesNotContain("张三", record);
        Assert.DoesNotContain("13700000737", record);
        Assert.Contains("137****0737", record);
    }

    [Fact]
    public async Task A_change_keeps_old_and_new_in_the_record_and_what_is_struck_off_stays()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Stocks, "civil-affairs", [Line("S1", ("item", "棉被"), ("quantity", "100"))]), People.Liaison("civil-affairs"));
        var change = new ChangeRegisterLine.Command(Stocks, "civil-affairs", "S1", Line(null, ("quantity", "80")), 1);

        await system.Send(change, People.Head("civil-affairs"));

        var payload = await system.Read(db => db.Audit.Where(entry => entry.Action == "change-register-line").Select(entry => entry.Payload).SingleAsync());
        Assert.Contains("\"changes\":{\"quantity\":[\"100\",\"80\"]}", payload);
        Assert.Equal("register.version-conflict", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(change, People.Head("civil-affairs")))).Code);

        await system.Send(new StrikeOffRegisterLine.Command(Stocks, "civil-affairs", "S1", "已调拨", null), People.Liaison("civil-affairs"));
        Assert.Empty((await system.Send(new ListRegisterLines.Query(Stocks, "civil-affairs", null, null, false, Paging.First), People.Office)).Items);
        var kept = Assert.Single((await system.Send(new ListRegisterLines.Query(Stocks, "civil-affairs", null, null, true, Paging.First), People.Office)).Items);
        Assert.Equal(("已调拨", "80"), (kept.StrikeReason, kept.Values["quantity"]));
        var taken = await Assert.ThrowsAsync<ValidationException>(() => system.Send(Add(Stocks, "civil-affairs", [Line("S1")]), People.Liaison("civil-affairs")));
        Assert.Equal("register.code-taken", Assert.Single(taken.Errors).ErrorCode);
    }

    [Fact]
    public async Task A_result_is_one_a_line_and_day_and_changing_it_keeps_the_old_one_in_the_record()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Calls, Town, [Line("A1"), Line("A2")]), Liaison);
        await system.Send(Results(Town, Today, ("A1", "well"), ("A2", "unwell")), Liaison);

        var view = await system.Send(Results(Town, Today, ("A1", "notReached"), ("A2", "unwell")), Liaison);

        Assert.Equal((2, 2, 1), (view.Lines, view.Answered, view.Figures.Contacted));
        Assert.Equal(2, await system.Read(db => db.RegisterResults.CountAsync()));
        var payloads = await system.Read(db => db.Audit.Where(entry => entry.Action == "record-register-results").OrderBy(entry => entry.Sequence).Select(entry => entry.Payload).ToListAsync());
        Assert.Contains("\"results\":{\"A1\":[\"well\",\"notReached\"]}", payloads[1]);
    }

    [Fact]
    public async Task A_result_of_a_day_to_come_of_no_line_or_of_no_kind_is_refused_and_nothing_is_recorded()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Calls, Town, [Line("A1")]), Liaison);

        Assert.Equal("register.day-to-come", await Refused(system, Results(Town, Today.AddDays(1), ("A1", "well"))));
        Assert.Equal("register.no-such-line", await Refused(system, Results(Town, Today, ("A1", "well"), ("A2", "well"))));
        Assert.Equal("register.no-such-line", await Refused(system, Results(Town, Today.AddDays(-1), ("A1", "well"))));
        Assert.Equal("register.unknown-result", await Refused(system, Results(Town, Today, ("A1", "fine"))));
        Assert.Equal("register.code-twice", await Refused(system, Results(Town, Today, ("A1", "well"), ("A1", "unwell"))));
        var daily = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(
            new RecordRegisterResults.Command(Stocks, "civil-affairs", Today, [new("S1", "well")]), People.Liaison("civil-affairs")));
        Assert.Equal("register.not-daily", daily.Code);
        Assert.Equal(0, await system.Read(db => db.RegisterResults.CountAsync()));
    }

    [Fact]
    public async Task Others_may_not_write_and_strangers_may_not_know()
    {
        await using var system = await TestSystem.Start(database);
        var add = Add(Calls, Town, [Line("A1")]);

        foreach (var reader in new[] { People.Office, People.Leader, People.Inspector })
        {
            Assert.Equal("register.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(add, reader))).Code);
        }

        foreach (var stranger in new[] { People.Liaison(Street), People.Liaison("finance"), People.OfficeOf("lanxi"), People.Liaison(Town, "lanxi") })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => system.Send(add, stranger));
            await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ListRegisterLines.Query(Calls, Town, null, null, false, Paging.First), stranger));
        }

        Assert.Empty(await Entries(system));
        var units = (await system.Send(new ListRegisters.Query(null, Calls, null, null), People.Liaison(Street))).Select(view => view.Unit);
        Assert.Equal([Street], units);
    }

    [Fact]
    public async Task Lines_are_read_page_by_page_by_their_codes()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Add(Calls, Town, [.. Enumerable.Range(0, 7).Select(i => Line($"A{i}"))]), Liaison);

        var codes = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await system.Send(new ListRegisterLines.Query(Calls, Town, null, null, false, new Paging(cursor, 3)), Liaison);
            codes.AddRange(page.Items.Select(line => line.Code));
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"A{i}"), codes);
    }

    [Fact]
    public async Task The_register_of_a_closed_unit_stays_readable_to_its_office()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddUnit.Command("taiping", "new-street", "新设街道", null, null, ["town-street"]), People.Office);
        await system.Send(Add(Calls, "new-street", [Line("A1", ("name", "张三"))]), People.Liaison("new-street"));

        await system.Send(new CloseUnit.Command("taiping", "new-street", "并入邻街"), People.Office);

        Assert.Equal(1, (await system.Send(new ListRegisters.Query(null, Calls, "new-street", null), People.Office)).Single().Lines);
        var lines = await system.Send(new ListRegisterLines.Query(Calls, "new-street", null, null, false, Paging.First), People.Office);
        Assert.Equal("A1", Assert.Single(lines.Items).Code);
        Assert.NotEmpty(await system.Send(new ExportRegister.Command(Calls, "new-street", null, false), People.Office));
    }

    [Fact]
    public async Task Two_who_add_the_same_code_at_once_leave_one_line()
    {
        await using var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();

        var both = await Task.WhenAll(new[] { system, other }.Select(async node => await Record.ExceptionAsync(() => node.Send(Add(Calls, Town, [Line("A1")]), Liaison))));

        Assert.Single(both, failure => failure is null);
        Assert.IsType<ValidationException>(both.Single(failure => failure is not null));
        Assert.Equal(["A1"], await Codes(system));
        await other.Stop();
    }

    private static AddRegisterLines.Command Add(string duty, string unit, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> lines) => new(duty, unit, lines);

    private static Dictionary<string, JsonElement> Line(string? code, params (string Column, string Value)[] values) =>
        values.Concat(code is null ? [] : [("code", code)]).ToDictionary(value => value.Item1, value => JsonSerializer.SerializeToElement(value.Item2));

    private static ImportRegisterLines.Command Import(string text) => new(Calls, Town, Encoding.UTF8.GetBytes(text));

    private static RecordRegisterResults.Command Results(string unit, DateOnly day, params (string Code, string Result)[] results) =>
        new(Calls, unit, day, [.. results.Select(one => new RecordRegisterResults.Answer(one.Code, one.Result))]);

    private static async Task<string> Refused(TestSystem system, RecordRegisterResults.Command command) =>
        (await Assert.ThrowsAsync<ValidationException>(() => system.Send(command, Liaison))).Errors.First().ErrorCode;

    private static Task<List<string>> Codes(TestSystem system) => system.Read(db => db.RegisterLines.OrderBy(line => line.Code).Select(line => line.Code).ToListAsync());

    private static Task<List<string>> Entries(TestSystem system) =>
        system.Read(db => db.Audit.Where(entry => entry.Action.Contains("register")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
}
