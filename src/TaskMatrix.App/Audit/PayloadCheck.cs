using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace TaskMatrix.App.Audit;

/// <summary>
/// Compares the bytes of a payload with the hash and the columns that stand beside it, to its end: whoever makes good a hash may
/// let the end say something else than the beginning.
/// </summary>
internal static class PayloadCheck
{
    private const int Previous = 0, Chain = 1, Sequence = 2, Task = 3, TaskSequence = 4, Shared = 5, Action = 6, Actor = 7, ActorUnit = 8, At = 9;

    /// <summary>Members without which a payload cannot be judged; the others may be left out or null.</summary>
    private const int Required = 1 << Previous | 1 << Chain | 1 << Sequence | 1 << Action | 1 << Actor | 1 << ActorUnit | 1 << At;

    private static readonly string[] Faults =
    [
        "does not follow the entry before it", "chain is not the payload's", "sequence is not the payload's", "task is not the payload's",
        "place in the task is not the payload's", "shared id is not the payload's", "action is not the payload's", "actor is not the payload's",
        "actor is not the payload's", "time is not the payload's",
    ];

    /// <param name="previousHash">Of the entry before it in its chain.</param>
    /// <returns>Null when the entry is as it was written.</returns>
    public static string? Fault(StoredEntry entry, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> previousHash)
    {
        var payload = entry.Payload;
        if (!HasHash(payload, entry.Hash))
        {
            return "payload does not have its hash";
        }

        try
        {
            var (seen, equal) = Compare(payload, entry, chain, previousHash);
            return (seen & Required) != Required ? "payload cannot be read" : FirstWrong(equal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return "payload cannot be read";
        }
    }

    private static bool HasHash(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[SHA256.HashSizeInBytes * 2];
        SHA256.HashData(payload, bytes);
        Convert.TryToHexStringLower(bytes, text, out _);
        return text.SequenceEqual(hash);
    }

    private static string? FirstWrong(int equal)
    {
        var first = BitOperations.TrailingZeroCount(~equal);
        return first < Faults.Length ? Faults[first] : null;
    }

    /// <returns>Which members there are, and which say what the columns say; one that is left out says null.</returns>
    private static (int Seen, int Equal) Compare(ReadOnlySpan<byte> payload, StoredEntry entry, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> previousHash)
    {
        var (seen, equal) = (0, (entry.TaskId is null ? 1 << Task : 0) | (entry.TaskSequence is null ? 1 << TaskSequence : 0) | (!entry.IsShared ? 1 << Shared : 0));
        var json = new Utf8JsonReader(payload);
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (member, isActor) = (Member(ref json), json.ValueTextEquals("actor"u8));
            json.Read();
            if (isActor)
            {
                CompareActor(ref json, entry, ref seen, ref equal);
            }
            else if (member < 0)
            {
                json.Skip();
            }
            else
            {
                Note(member, Same(ref json, member, entry, chain, previousHash), ref seen, ref equal);
            }
        }

        // Throws when the text goes on after its end.
        json.Read();
        return (seen, equal);
    }

    private static void CompareActor(ref Utf8JsonReader json, StoredEntry entry, ref int seen, ref int equal)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var member = json.ValueTextEquals("userName"u8) ? Actor : json.ValueTextEquals("unit"u8) ? ActorUnit : -1;
            json.Read();
            if (member < 0)
            {
                json.Skip();
            }
            else
            {
                Note(member, json.ValueTextEquals(member == Actor ? entry.Actor : entry.ActorUnit), ref seen, ref equal);
            }
        }
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw new JsonException();
        }
    }

    /// <summary>Of a member that is there twice the last counts, as for whoever reads the text otherwise.</summary>
    private static void Note(int member, bool same, ref int seen, ref int equal)
    {
        seen |= 1 << member;
        equal = same ? equal | 1 << member : equal & ~(1 << member);
    }

    private static int Member(ref Utf8JsonReader json) =>
        json.ValueTextEquals("previousHash"u8) ? Previous
        : json.ValueTextEquals("chain"u8) ? Chain
        : json.ValueTextEquals("sequence"u8) ? Sequence
        : json.ValueTextEquals("taskId"u8) ? Task
        : json.ValueTextEquals("taskSequence"u8) ? TaskSequence
        : json.ValueTextEquals("sharedId"u8) ? Shared
        : json.ValueTextEquals("action"u8) ? Action
        : json.ValueTextEquals("at"u8) ? At
        : -1;

    private static bool Same(ref Utf8JsonReader json, int member, StoredEntry entry, ReadOnlySpan<byte> chain, ReadOnlySpan<byte> previousHash) => member switch
    {
        Previous => json.ValueTextEquals(previousHash),
        Chain => json.ValueTextEquals(chain),
        Sequence => json.GetInt64() == entry.Sequence,
        Task => json.TokenType is JsonTokenType.Null ? entry.TaskId is null : entry.TaskId == json.GetGuid(),
        TaskSequence => json.TokenType is JsonTokenType.Null ? entry.TaskSequence is null : entry.TaskSequence == json.GetInt32(),
        Shared => json.TokenType is JsonTokenType.Null ? !entry.IsShared : entry.IsShared && json.ValueTextEquals(entry.SharedId),
        Action => json.ValueTextEquals(entry.Action),
        _ => json.GetDateTimeOffset().UtcTicks == entry.At,
    };
}
