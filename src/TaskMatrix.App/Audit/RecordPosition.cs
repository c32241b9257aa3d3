using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>How far the record of a jurisdiction is: a number that only grows, by which a page that was made then knows whether anything happened since.</summary>
public sealed class RecordPosition(Session session)
{
    private static readonly Statement Sum = new("SELECT CAST(coalesce(sum(sequence), 0) AS bigint) FROM chain_heads WHERE jurisdiction = $1", [typeof(string)]);

    /// <returns>Entries of all its chains; 0 where nothing was recorded yet.</returns>
    public async Task<long> Of(string jurisdiction, CancellationToken ct) =>
        (await session.Ask(db => db.Statements!.Read(Sum.With(jurisdiction), row => row.Number(0), ct), ct))[0];
}
