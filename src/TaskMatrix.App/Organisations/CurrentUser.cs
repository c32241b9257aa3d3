using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Who sends the request: the signed-in person, or the scheduler for a job.</summary>
public sealed class CurrentUser
{
    private Actor? _actor;

    /// <exception cref="InvalidOperationException">Nobody is signed in; a way in forgot to ask for it.</exception>
    public Actor Actor
    {
        get => _actor ?? throw new InvalidOperationException("No user has been set for this request.");
        set => _actor = value;
    }

    public bool IsKnown => _actor is not null;
}

/// <summary>What was asked for does not exist, or the caller may not know of it (404).</summary>
public sealed class NotFoundException(string what, string id) : Exception($"{what} {id} not found")
{
    public string What { get; } = what;

    public string Id { get; } = id;
}
