using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Shell;

/// <summary>This very form was done before.</summary>
/// <param name="address">Of what it made.</param>
internal sealed class DoneBeforeException(string address) : Exception
{
    public string Address { get; } = address;
}

/// <summary>Lets a form that makes something be sent once: its token is remembered in the transaction that does the work.</summary>
internal sealed class FormMemory(CurrentUser user, TimeProvider wall)
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "formToken";

    public static string NewToken() => Guid.NewGuid().ToString("N");

    /// <param name="address">Where the browser goes for what the command answered.</param>
    /// <returns>Null when the form carries no token of ours: it is then done as often as it is sent.</returns>
    public IAnswerMemory? Of(HttpContext http, IFormCollection posted, Func<object, string> address) =>
        Guid.TryParseExact(posted[Field], "N", out var token) ? new Memory(Key(http.Request.Path, token), address, wall) : null;

    private string Key(string path, Guid token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', user.Actor.UserName, "form", path, token.ToString("N")))));

    private sealed class Memory(string key, Func<object, string> address, TimeProvider wall) : IAnswerMemory
    {
        public async Task Recall(StoreContext db, CancellationToken ct)
        {
            if (await db.IdempotentAnswers.AsNoTracking().SingleOrDefaultAsync(answer => answer.Key == key, ct) is { Location: { } known })
            {
                throw new DoneBeforeException(known);
            }
        }

        public async Task Remember(StoreContext db, object? answer, CancellationToken ct)
        {
            var next = address(answer!);
            db.IdempotentAnswers.Add(new IdempotentAnswer
            {
                Key = key, BodyHash = "", Status = StatusCodes.Status303SeeOther, Location = next, Answer = JsonSerializer.Serialize(next), StoredAt = wall.GetUtcNow(),
            });
            await db.SaveChangesAsync(ct);
        }
    }
}
