using System.Globalization;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Hosting;

/// <summary>
/// What is said, in both languages, when the data cannot be used: what was found and what to do. Nobody has signed in yet, so
/// there is no language to choose.
/// </summary>
internal static class StoreRefusal
{
    /// <summary>Exit code of every verb that needs the store.</summary>
    public const int ExitCode = 3;

    /// <summary>Exit code where the store cannot be reached or worked with at the moment.</summary>
    public const int CouldNotRun = 2;

    private const string Restore = "dotnet TaskMatrix.Web.dll restore FILE --data DIR --force";

    internal static readonly IReadOnlyDictionary<string, (string Chinese, string English)> Words = new Dictionary<string, (string, string)>
    {
        ["store.in-use"] = (
            "数据文件夹 {0} 正由另一个服务器使用。先停止它，或换一个 --data。",
            "Another server uses the data folder {0}. Stop it first, or give another --data."),
        ["store.vanished"] = (
            "数据库 {0} 不见了，而 {1} 中有已导出的链头（或还留有日志）：这里曾经有数据，不会另建新库。请恢复备份：" + Restore + "。确要重新开始，请先把链头和日志移走并保存。",
            "The database {0} is gone, but {1} holds exported heads (or its log is left): there was data here, and none is made anew. Restore a backup: " + Restore + ". If you do mean to begin anew, move heads and log away first and keep them."),
        ["store.restore-broken-off"] = (
            "恢复 {0} 时中断，数据尚未放好。请再执行一次：" + Restore,
            "Restoring {0} was broken off before the data was in its place. Run it again: " + Restore),
        ["store.damaged"] = (
            "数据库 {0} 已损坏：{1}。未作任何改动。请保留此文件夹，恢复备份：" + Restore,
            "The database {0} is damaged: {1}. Nothing was changed. Keep this folder and restore a backup: " + Restore),
        ["store.log-damaged"] = (
            "日志 {0} 已损坏或不完整：{1}。其中有已答复的操作，因此不启动。请保留此文件夹，恢复备份：" + Restore,
            "The log {0} is damaged or not whole: {1}. It holds acts that were answered, so nothing is started. Keep this folder and restore a backup: " + Restore),
        ["store.newer"] = (
            "数据库由更新的程序升级过（{0}），本程序只到 {1}。请用较新的程序启动，或恢复升级前的备份：" + Restore,
            "A newer program has brought the database to {0}; this one knows only up to {1}. Start the newer program, or restore a backup from before the upgrade: " + Restore),
        ["store.migration-missing"] = (
            "数据库缺少迁移 {0}，表却已存在：这不是完整的库。请恢复备份：" + Restore,
            "The database lacks the migration {0} although its tables are there: it is not whole. Restore a backup: " + Restore),
        ["store.not-migrated"] = (
            "数据库还缺迁移 {0}，而应用角色无权改表。请先由所有者执行：ConnectionStrings__TaskMatrixOwner=… dotnet TaskMatrix.Web.dll migrate",
            "The database still lacks the migration {0}, and the application's role may not change tables. The owner runs first: ConnectionStrings__TaskMatrixOwner=… dotnet TaskMatrix.Web.dll migrate"),
        ["store.behind-heads"] = (
            "链 {0} 在数据库中只到第 {1} 条，而 {3} 证明曾有第 {2} 条：数据比已知的旧，可能丢失了日志。请恢复备份：" + Restore,
            "The chain {0} ends at entry {1} in the database, but {3} proves that there was an entry {2}: the data is older than what is known; a log may be lost. Restore a backup: " + Restore),
    };

    /// <summary>The store is whole and cannot be worked with now. Exit code 2: coming again helps, so the unit does.</summary>
    public static int SayLater(Exception away)
    {
        Console.Error.WriteLine(StoreFaults.IsHeldUp(away)
            ? "数据库正被其他操作占用（备份、档案核验或未结束的请求）；遇到占用的这一步已撤回，没有留下半成品。请稍后再执行同一命令。 Others hold the database (a backup, a check of the record, a request that goes on); the step that met them was taken back, nothing is half done: run it again later."
            : "数据库或其所在（备份时也包括备份文件所在）的磁盘现在不能使用，请稍后再执行。 The database, or the disk of it or of the copy that is made, cannot be used now; run it again later.");
        Console.Error.WriteLine(StoreFaults.Cause(away).Message);
        return CouldNotRun;
    }

    public static int Say(StoreRefusedException refused)
    {
        var (chinese, english) = Words[refused.Code];
        foreach (var text in new[] { chinese, english })
        {
            Console.Error.WriteLine(string.Format(CultureInfo.InvariantCulture, text, [.. refused.Arguments]));
        }

        return ExitCode;
    }
}
