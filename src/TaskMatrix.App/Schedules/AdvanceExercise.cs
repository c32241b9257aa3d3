using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Schedules;

/// <summary>演练: moves the clock forward. Everything due on the way happens in order, each at its own moment.</summary>
public static class AdvanceExercise
{
    /// <param name="By">ISO 8601 duration; exactly one of the two is given.</param>
    public sealed record Command(string? By, DateTimeOffset? To) : IRequest<Result>;

    public sealed record Result(DateTimeOffset Now, DueWork Fired);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command).Must(command => command.By is null != command.To is null).WithErrorCode("exercise.by-or-to").OverridePropertyName("by");
            RuleFor(command => command.By).Must(by => Deadline.ParseDuration(by!) is { } duration && duration > TimeSpan.Zero)
                .When(command => command.By is not null).WithErrorCode("deadline.unreadable");
        }
    }

    internal sealed class Handler(Sweeper sweeper, CurrentUser user, DomainClock clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            RequireExercise(user.Actor);
            return await sweeper.Exclusively(() => Advance(command, ct), ct);
        }

        /// <summary>The clock never moves back, so a slip of the keyboard must not cost the exercise.</summary>
        private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

        private async Task<Result> Advance(Command command, CancellationToken ct)
        {
            var target = command.To ?? clock.Now + Deadline.ParseDuration(command.By!)!.Value;
            if (target - clock.Now > Longest)
            {
                throw new RuleBrokenException("exercise.too-far", RuleKind.Invalid, Longest.Days);
            }

            if (target < clock.Now)
            {
                throw new RuleBrokenException("exercise.back-in-time", RuleKind.Conflict, clock.Now);
            }

            clock.StandAt(clock.Now);
            try
            {
                // What was due before is done first; from then on only later moments count, so a faulty duty cannot hold the clock.
                var fired = await sweeper.RunDue(ct);
                while (await sweeper.NextMoment(clock.Now, ct) is { } next && next <= target)
                {
                    clock.StandAt(next);
                    fired += await sweeper.RunDue(ct);
                }

                clock.StandAt(target);
                await sweeper.StoreClock(ct);
                return new Result(target, fired);
            }
            finally
            {
                clock.Set(clock.Now);
            }
        }

        private void RequireExercise(Actor actor)
        {
            if (!clock.IsExercise)
            {
                throw new NotFoundException("exercise", "clock");
            }

            if (!actor.Is(Role.Office) && !actor.Is(Role.Leader) && !actor.Is(Role.SystemAdministrator))
            {
                throw new RuleBrokenException("exercise.not-allowed", RuleKind.Forbidden);
            }
        }
    }
}
