namespace TaskMatrix.App.Storage;

/// <summary>
/// Sees every prepared statement in the order in which they run, on both databases, as it is really sent: in a batch, or bound
/// by place. One that goes for many rows at once is seen once, by its text for one row. Nothing watches unless one is registered in code; no configuration makes one.
/// </summary>
/// <param name="sql">The statement that was added to the trip, or has just run where there is no trip.</param>
/// <returns>Runs right behind it, in the same trip; null for nothing.</returns>
public delegate string? StatementWatch(string sql);
