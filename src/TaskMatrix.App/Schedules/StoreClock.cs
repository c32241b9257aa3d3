using MediatR;
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
            await StoredSetting.KeepLatest(session.Db, StoredSetting.ExerciseClock, command.Now, ct);
            return true;
        }
    }
}
