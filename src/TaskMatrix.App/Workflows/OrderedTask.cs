using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>A task as an instruction or the decision of a meeting orders it; all else is as for any task made by hand.</summary>
/// <param name="DueIn">Duration, time of day, working days or date; it or <paramref name="DueAt"/>.</param>
public sealed record OrderedTask(
    string? Title, string? LeadUnit, IReadOnlyList<string>? CoUnits, DateTimeOffset? DueAt, string? DueIn, string? Description = null, string? AckWithin = null,
    bool? ReviewRequired = null, bool? SignOffRequired = null, bool? EvidenceRequired = null, string? Calendar = null);

/// <summary>Makes ordered tasks by the rule that makes every task by hand.</summary>
internal static class OrderedTasks
{
    /// <summary>Of one order.</summary>
    public const int Most = 50;

    /// <param name="names">Members of the request: the list the tasks stand in, and the title of one; errors name them.</param>
    /// <param name="otherwise">Where a task gives no deadline, and where it does not say whether its head signs.</param>
    public static async Task<IReadOnlyList<Guid>> Make(
        IMediator mediator, IReadOnlyList<OrderedTask> orders, TaskSource source, (DateTimeOffset? DueAt, bool SignOff) otherwise, (string List, string Title) names, CancellationToken ct)
    {
        var made = new List<Guid>();
        foreach (var order in orders)
        {
            try
            {
                made.Add((await mediator.Send(Command(order, source, otherwise), ct)).Id);
            }
            catch (ValidationException invalid)
            {
                throw new ValidationException(invalid.Errors.Select(error => Placed(error, $"{names.List}[{made.Count}]", names.Title)));
            }
        }

        return made;
    }

    private static CreateTask.Command Command(OrderedTask order, TaskSource source, (DateTimeOffset? DueAt, bool SignOff) otherwise) => new(
        null, order.Title ?? "", order.Description, order.LeadUnit ?? "", order.CoUnits, null, order.AckWithin,
        order.DueAt ?? (order.DueIn is null ? otherwise.DueAt : null), order.DueIn, order.ReviewRequired, order.SignOffRequired ?? otherwise.SignOff, order.EvidenceRequired, order.Calendar, source, false);

    private static ValidationFailure Placed(ValidationFailure error, string place, string title)
    {
        var field = error.PropertyName == nameof(CreateTask.Command.Title) ? title : char.ToLowerInvariant(error.PropertyName[0]) + error.PropertyName[1..];
        return new ValidationFailure($"{place}.{field}", error.ErrorMessage, error.AttemptedValue) { ErrorCode = error.ErrorCode, FormattedMessagePlaceholderValues = error.FormattedMessagePlaceholderValues };
    }
}
