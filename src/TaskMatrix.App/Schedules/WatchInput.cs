using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>A shift as it is typed or stands in a file.</summary>
public sealed record NewShift(string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? Post, string? Phone);

/// <summary>Checks shifts, wherever they come from.</summary>
internal static class WatchInput
{
    /// <returns>What is wrong with one: field, code and value.</returns>
    public static IEnumerable<(string Field, string Code, string Value)> ProblemsOf(NewShift shift)
    {
        var texts = new (string Field, string? Text, int Longest, bool Required)[]
        {
            ("name", shift.Name, WatchShift.LongestName, true), ("post", shift.Post, WatchShift.LongestPost, true), ("phone", shift.Phone, WatchShift.LongestPhone, false),
        };
        foreach (var (field, text, longest, required) in texts)
        {
            if (required && string.IsNullOrWhiteSpace(text))
            {
                yield return (field, "watch.missing", "");
            }
            else if (text?.Trim().Length > longest)
            {
                yield return (field, "watch.too-long-text", longest.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (!string.IsNullOrWhiteSpace(shift.Phone) && !shift.Phone.Trim().All(c => char.IsAsciiDigit(c) || c is '-' or '+'))
        {
            yield return ("phone", "watch.bad-phone", shift.Phone);
        }

        foreach (var missing in new[] { ("startsAt", shift.StartsAt), ("endsAt", shift.EndsAt) }.Where(one => one.Item2 is null))
        {
            yield return (missing.Item1, "watch.missing", "");
        }

        if (shift is { StartsAt: { } start, EndsAt: { } end } && WatchShift.ProblemOf(start, end) is { } problem)
        {
            yield return ("endsAt", problem, "");
        }
    }

    /// <summary>The shifts among these that fall on another one of the same person, on the roster or before it in the list.</summary>
    public static async Task<List<int>> Doubles(StoreContext db, Actor actor, string unit, IReadOnlyList<NewShift> shifts, CancellationToken ct)
    {
        var whole = shifts.Where(shift => shift is { StartsAt: not null, EndsAt: not null }).ToList();
        if (whole.Count == 0)
        {
            return [];
        }

        var roster = WatchAccess.Between(
            db.WatchShifts.AsNoTracking().Where(shift => shift.Jurisdiction == actor.Jurisdiction && shift.Unit == unit),
            whole.Min(shift => shift.StartsAt!.Value), whole.Max(shift => shift.EndsAt!.Value));
        var known = (await roster.Select(shift => new { shift.Post, shift.StartsAt, shift.EndsAt }).ToListAsync(ct))
            .GroupBy(shift => shift.Post).ToDictionary(group => group.Key, group => group.Select(shift => new WatchSpan(shift.StartsAt, shift.EndsAt)).ToList());
        return [.. Enumerable.Range(0, shifts.Count).Where(i => shifts[i] is { StartsAt: { } start, EndsAt: { } end, Post: { } post }
            && FallsOnAnother(known, post.Trim(), new WatchSpan(start, end)))];
    }

    /// <summary>What falls on none is known from then on.</summary>
    private static bool FallsOnAnother(Dictionary<string, List<WatchSpan>> known, string post, WatchSpan shift)
    {
        var own = known.TryGetValue(post, out var spans) ? spans : known[post] = [];
        var falls = own.Exists(other => other.Overlaps(shift));
        own.Add(shift);
        return falls;
    }

    public static WatchShift Make(Actor actor, string unit, NewShift shift, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Jurisdiction = actor.Jurisdiction, Unit = unit, Name = shift.Name!.Trim(), StartsAt = shift.StartsAt!.Value, EndsAt = shift.EndsAt!.Value,
        Post = shift.Post!.Trim(), Phone = string.IsNullOrWhiteSpace(shift.Phone) ? null : shift.Phone.Trim(), AddedAt = now, AddedBy = actor.UserName,
    };
}
