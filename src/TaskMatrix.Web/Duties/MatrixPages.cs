using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <param name="Sections">Of the whole plan, in the order of its text.</param>
/// <param name="Tasks">Of the opened duty, the latest due first; null where none is opened and where the page looks back.</param>
public sealed record MatrixModel(MatrixQuery Query, GetMatrix.Result Matrix, IReadOnlyList<string> Sections, IReadOnlyList<TaskView>? Tasks)
{
    /// <summary>The duty that is opened; null: none is.</summary>
    public GetMatrix.MatrixRow? Duty => Blank.ToNull(Query.Duty) is null ? null : Matrix.Rows[0];
}

internal static class MatrixPages
{
    /// <summary>Tasks of an opened duty on the page; the list of tasks has the rest.</summary>
    private const int Newest = 50;

    public static void MapMatrixPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/matrix.xlsx", ([AsParameters] MatrixQuery query, Visit visit, MatrixFile file, HttpContext http, CancellationToken ct) =>
            file.Write(null, query, AsOf.Of(query.AsOf, visit), http, ct)).IsCostly();
        pages.MapGet("/matrix", async ([AsParameters] MatrixQuery query, Visit visit, IMediator mediator, CancellationToken ct) =>
        {
            var whole = await mediator.Send(new GetMatrix.Query(null, Blank.ToNull(query.Plan), AsOf.Of(query.AsOf, visit)), ct);
            var narrowed = query.Narrow(whole);
            var tasks = Blank.ToNull(query.Duty) is { } duty && whole.AsOf is null ? await Tasks(query, duty, mediator, ct) : null;
            return Pages.Show<MatrixPage>(new MatrixModel(query, narrowed, [.. whole.Rows.Select(row => row.Section).Distinct()], tasks));
        });
    }

    private static async Task<IReadOnlyList<TaskView>> Tasks(MatrixQuery query, string duty, IMediator mediator, CancellationToken ct)
    {
        var filter = new TaskFilter { Duty = duty, Unit = Blank.ToNull(query.Unit), Light = QueryValue.Enum<Light>("light", Blank.ToNull(query.Light)) };
        return (await mediator.Send(new ListTasks.Query(filter, "-dueAt", new Paging(null, Newest)), ct)).Items;
    }
}
