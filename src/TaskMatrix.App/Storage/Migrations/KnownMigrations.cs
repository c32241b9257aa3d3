namespace TaskMatrix.App.Storage.Migrations;

/// <summary>All migrations, the oldest first; written by eng/list-migrations.</summary>
internal static class KnownMigrations
{
    public static IReadOnlyList<string> Sqlite { get; } =
    [
        "20261121221909_Initial",
        "20261122011657_ReportsEventsAndMeetings",
        "20261122031625_CountWhatIsFinished",
        "20261122044936_Supervision",
        "20261122072903_Workplace",
        "20261123052419_LeanTaskIndexes",
    ];

    public static IReadOnlyList<string> Postgres { get; } =
    [
        "20261121221914_Initial",
        "20261122003350_AuditByMonth",
        "20261122011713_ReportsEventsAndMeetings",
        "20261122031630_CountWhatIsFinished",
        "20261122044943_Supervision",
        "20261122072918_Workplace",
        "20261123052422_LeanTaskIndexes",
    ];
}
