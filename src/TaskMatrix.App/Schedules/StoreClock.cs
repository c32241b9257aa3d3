using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Schedules;

/// <summary>Keeps where the clock of an exercise stands, so that a restart goes on from there.</summary>
public static class StoreClock
{
    public sealed record Command(DateTimeOffset Now) : IRequest<bool>, ICommand;

    internal sealed class Handler(Session session) : IRequestHandler<Command, bool>
    {
        /// <summary>Never back: what has happened at a moment stays before the clock.</summary>
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var row = await session.Db.Settings.AsTracking().SingleOrDefaultAsync(setting => setting.Key == StoredSetting.ExerciseClock, ct);
            var moment = command.Now.ToUniversalTime().ToString("O");
            if (row is null)
            {
                session.Db.Settings.Add(new StoredSetting { Key = StoredSetting.ExerciseClock, Value = moment });
            }
            else if (string.CompareOrdinal(row.Value, moment) < 0)
            {
                row.Value = moment;
            }

            return true;
        }
    }
}
