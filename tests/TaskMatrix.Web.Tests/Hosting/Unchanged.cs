namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>
/// A server on which tests run one after the other, so that the record can be held against what it was before: whoever
/// refuses a request leaves no trace in it. Classes that use it stand in the collection of this name.
/// </summary>
internal sealed class Unchanged : IAsyncDisposable
{
    public const string Collection = "unchanged";

    private static readonly Lazy<Task<RunningApi>> One = new(() => RunningApi.Start());

    private readonly string _before;

    private Unchanged(RunningApi api, string before) => (Api, _before) = (api, before);

    public RunningApi Api { get; }

    public Caller Office => Api.As("taiping.office");

    public static Task<RunningApi> Server => One.Value;

    public static async Task<Unchanged> Here()
    {
        var api = await Server;
        return new Unchanged(api, await api.Heads());
    }

    public async ValueTask DisposeAsync() => Assert.Equal(_before, await Api.Heads());
}
