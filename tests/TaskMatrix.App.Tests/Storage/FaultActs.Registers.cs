using System.Text;
using System.Text.Json;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private const string Calls = "taiping.all-units.student-phone-calls";

    private static readonly Actor TownLiaison = People.Liaison(Town);

    /// <summary>Registers, reports and rosters.</summary>
    private static Dictionary<Type, FaultAct> OfRegisters => new()
    {
        [typeof(AddRegisterLines.Command)] = At(true, AddLine),
        [typeof(ImportRegisterLines.Command)] = At(true, system => system.Send(new ImportRegisterLines.Command(Calls, Town, Encoding.UTF8.GetBytes("编号,姓名\nA1,张三\nA2,李四")), TownLiaison)),
        [typeof(ChangeRegisterLine.Command)] = WithLine(system => system.Send(new ChangeRegisterLine.Command(Calls, Town, "A1", Values(("place", "前村")), null), TownLiaison)),
        [typeof(StrikeOffRegisterLine.Command)] = WithLine(system => system.Send(new StrikeOffRegisterLine.Command(Calls, Town, "A1", "已离区", null), TownLiaison)),
        [typeof(ReadRegisterLine.Command)] = WithLine(system => system.Send(new ReadRegisterLine.Command(Calls, Town, "A1", null), TownLiaison)),
        [typeof(ExportRegister.Command)] = WithLine(system => system.Send(new ExportRegister.Command(Calls, Town, null, false), TownLiaison)),
        [typeof(RecordRegisterResults.Command)] = WithLine(system => system.Send(new RecordRegisterResults.Command(Calls, Town, new DateOnly(2020, 1, 23), [new("A1", "well")]), TownLiaison)),
        [typeof(SummarizeReports.Command)] = At(true, system => system.Send(new SummarizeReports.Command(null, null), People.OfficeOf("lanxi"))),
        [typeof(ExportDailyReport.Command)] = At(true, system => system.Send(new ExportDailyReport.Command(null, null, null), People.OfficeOf("lanxi"))),
        [typeof(UrgeReports.Command)] = After(true, system =>
        {
            system.Pass(TimeSpan.FromHours(9));
            return Task.FromResult<Func<Task>>(() => system.Send(new UrgeReports.Command(null, null, null, null), People.OfficeOf("lanxi")));
        }),
        [typeof(AddWatchShifts.Command)] = At(true, AddShift),
        [typeof(ImportWatchShifts.Command)] = At(true, system => system.Send(
            new ImportWatchShifts.Command(null, Encoding.UTF8.GetBytes("开始时间,结束时间,班次,值班岗位（人员）\n2020-01-24 08:00,2020-01-24 20:00,白班,王主任")), TownLiaison)),
        [typeof(CancelWatchShift.Command)] = After(true, async system =>
        {
            var id = (await AddShift(system))[0].Id;
            return () => system.Send(new CancelWatchShift.Command(id, "改由办公室值守"), TownLiaison);
        }),
        [typeof(HandOverWatch.Command)] = After(true, async system =>
        {
            var id = (await AddShift(system))[0].Id;
            system.Pass(TimeSpan.FromHours(1));
            return () => system.Send(new HandOverWatch.Command(id, "平安无事", null), People.Head(Town));
        }),
    };

    private static Task<AddRegisterLines.Result> AddLine(TestSystem system) => system.Send(new AddRegisterLines.Command(Calls, Town, [Values(("code", "A1"), ("name", "张三"))]), TownLiaison);

    private static Task<IReadOnlyList<WatchShiftView>> AddShift(TestSystem system) =>
        system.Send(new AddWatchShifts.Command(null, [new NewShift("白班", TestSystem.Morning, TestSystem.Morning.AddHours(8), "值班员", null)]), TownLiaison);

    private static Dictionary<string, JsonElement> Values(params (string Column, string Value)[] values) =>
        values.ToDictionary(value => value.Column, value => JsonSerializer.SerializeToElement(value.Value));

    private static FaultAct WithLine(Func<TestSystem, Task> act) => After(true, async system =>
    {
        await AddLine(system);
        return () => act(system);
    });
}
