using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Hosting;

/// <summary>Adds up what this process has counted since its start, in the text form of Prometheus.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private const string Requests = "http.server.request.duration";

    /// <summary>Upper bounds in seconds; p99 is read from them.</summary>
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Figures.MeterName || instrument.Name == Requests)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public void Write(StringBuilder text)
    {
        foreach (var family in _series.OrderBy(one => one.Key, StringComparer.Ordinal).GroupBy(one => one.Value.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {family.Key} {(family.First().Value.Histogram ? "histogram" : "counter")}\n");
            foreach (var (_, series) in family)
            {
                series.Write(text);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(instrument, tags);
        _series.GetOrAdd(instrument.Name + labels, _ => new Series(Name(instrument), labels, instrument is Histogram<double>)).Add(value);
    }

    private static string Name(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : instrument is Counter<long> ? "_total" : "");

    /// <summary>Of a request only method, route and status: few, and none of them a person.</summary>
    private static string Labels(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            if (instrument.Name != Requests || name is "http.request.method" or "http.route" or "http.response.status_code")
            {
                labels.Add($"{name.Replace('.', '_')}=\"{Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
            }
        }

        return string.Join(',', labels.Order(StringComparer.Ordinal));
    }

    private sealed class Series(string name, string labels, bool histogram)
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _sum;
        private long _count;

        public string Name { get; } = name;

        public bool Histogram { get; } = histogram;

        public void Add(double value)
        {
            lock (_gate)
            {
                (_sum, _count) = (_sum + value, _count + 1);
                for (var i = 0; i < Bounds.Length; i++)
                {
                    _buckets[i] += value <= Bounds[i] ? 1 : 0;
                }
            }
        }

        public void Write(StringBuilder text)
        {
            lock (_gate)
            {
                if (!Histogram)
                {
                    Line(text, Name, "", _sum);
                    return;
                }

                for (var i = 0; i < Bounds.Length; i++)
                {
                    Line(text, Name + "_bucket", string.Create(CultureInfo.InvariantCulture, $"le=\"{Bounds[i]}\""), _buckets[i]);
                }

                Line(text, Name + "_bucket", "le=\"+Inf\"", _count);
                Line(text, Name + "_sum", "", _sum);
                Line(text, Name + "_count", "", _count);
            }
        }

        private void Line(StringBuilder text, string series, string more, double value)
        {
            var all = string.Join(',', new[] { labels, more }.Where(part => part.Length > 0));
            text.Append(CultureInfo.InvariantCulture, $"{series}{(all.Length > 0 ? $"{{{all}}}" : "")} {value}\n");
        }
    }
}

/// <summary>GET /metrics: for a collector on the same machine, or the system administrator.</summary>
internal static class Metrics
{
    public const string Path = "/metrics";

    public static IServiceCollection AddFigures(this IServiceCollection services) => services.AddSingleton<MetricsCollector>();

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        // From the first request on, not from the first look.
        app.ServiceProvider.GetRequiredService<MetricsCollector>();
        app.MapGet(Path, Answer).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Nothing stands between: a proxy's requests come from this machine too, but name whom they are forwarded for.</summary>
    public static bool FromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Original-For") && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded") && !context.Request.Headers.ContainsKey("Via");

    private static async Task<IResult> Answer(HttpContext context, CurrentUser user, MetricsCollector collector, StoreWatch store, SweepHealth sweep, BoundedWriteGate gate)
    {
        if (!FromThisMachine(context) && !user.IsKnown)
        {
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized);
        }

        if (!FromThisMachine(context) && !user.Actor.Is(Role.SystemAdministrator))
        {
            throw new RuleBrokenException("not-allowed", RuleKind.Forbidden);
        }

        var text = new StringBuilder();
        collector.Write(text);
        Gauge(text, "taskmatrix_writes_waiting", "Commands that wait for the write gate or run in it", gate.Waiting);
        Gauge(text, "taskmatrix_sweep_age_seconds", "Since the last sweep on any node", sweep.Silence.TotalSeconds);
        Gauge(text, "taskmatrix_sweep_by_watchdog", "1 while the watchdog does the scheduler's work", sweep.RescuedSince is null ? 0 : 1);
        await AddStore(text, store, context.RequestAborted);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4; charset=utf-8");
    }

    /// <summary>A store that is away takes only its own figures along.</summary>
    private static async Task AddStore(StringBuilder text, StoreWatch store, CancellationToken ct)
    {
        StoreState? state = null;
        try
        {
            state = await store.Look(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // taskmatrix_store_up says it.
        }

        Gauge(text, "taskmatrix_store_up", "1 while the database answers", state is null ? 0 : 1);
        if (state is not null)
        {
            Gauge(text, "taskmatrix_oldest_transaction_seconds", "Oldest open transaction (SQLite: oldest waiting command)", state.OldestTransaction.TotalSeconds);
            Gauge(text, "taskmatrix_timers_unfired", "Timers due for longer than two sweeps", state.Unfired);
            Gauge(text, "taskmatrix_timers_unfired_oldest_seconds", "How long the first of them is due", state.OldestUnfired.TotalSeconds);
            Gauge(text, "taskmatrix_jobs_set_aside", "Timers given up until somebody retries them", state.SetAside);
            Gauge(text, "taskmatrix_messages_unsent", "Messages and deliveries due for longer than two sweeps", state.Unsent);
            Gauge(text, "taskmatrix_messages_unsent_oldest_seconds", "How long the first of them is due", state.OldestUnsent.TotalSeconds);
            Gauge(text, "taskmatrix_dead_letters", "Deliveries given up until somebody retries them", state.DeadLetters);
            Gauge(text, "taskmatrix_sqlite_log_bytes", "Size of the log beside the database", state.LogBytes);
        }
    }

    private static void Gauge(StringBuilder text, string name, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
}
