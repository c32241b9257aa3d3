namespace TaskMatrix.App.Storage;

/// <summary>
/// A question that comes with nearly every request: its expression is read once for each database, not each time it is asked.
/// </summary>
/// <param name="compile">By <c>EF.CompileAsyncQuery</c>, whose answer belongs to the model of one database.</param>
public sealed class OftenAsked<TQuery>(Func<TQuery> compile)
{
    private readonly Lazy<TQuery> _sqlite = new(compile), _postgres = new(compile);

    public TQuery On(StoreContext db) => (db is PostgresStore ? _postgres : _sqlite).Value;
}
