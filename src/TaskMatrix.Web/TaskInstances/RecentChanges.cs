using TaskMatrix.App.Audit;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>What the last half minute of looks at the record showed: for a listener whose page was made within it.</summary>
internal sealed class RecentChanges
{
    private const int Kept = 30;

    private readonly Queue<Look> _looks = [];

    private IReadOnlyDictionary<string, long>? _position;

    /// <summary>Nobody listened: what happens from now on until the next look is not known.</summary>
    public void Forget()
    {
        _looks.Clear();
        _position = null;
    }

    /// <param name="position">How far the record of each jurisdiction was at the end of the look.</param>
    public void Add(IReadOnlyDictionary<string, long> position, IReadOnlyList<RecordChange> changes)
    {
        if (_position is { } before)
        {
            _looks.Enqueue(new Look(before, position, changes));
            _ = _looks.Count > Kept ? _looks.Dequeue() : null;
        }

        _position = position;
    }

    /// <param name="position"><see cref="RecordPosition"/> of the jurisdiction.</param>
    /// <returns>What was recorded since, perhaps with a little from before; null when that is not known.</returns>
    public IEnumerable<RecordChange>? Since(string jurisdiction, long position)
    {
        if (_position!.GetValueOrDefault(jurisdiction) == position)
        {
            return [];
        }

        return _looks.TryPeek(out var first) && first.From.GetValueOrDefault(jurisdiction) <= position
            ? _looks.Where(look => look.To.GetValueOrDefault(jurisdiction) > position).SelectMany(look => look.Changes)
            : null;
    }

    private sealed record Look(IReadOnlyDictionary<string, long> From, IReadOnlyDictionary<string, long> To, IReadOnlyList<RecordChange> Changes);
}
