using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>The program as a process of its own, so that it can be killed, stopped and continued like any other.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>An exercise of the demo, once it listens.</summary>
    /// <param name="postgres">Connection string; null for SQLite in the folder.</param>
    public static async Task<ServerProcess> Start(string folder, string? postgres = null, string clock = "2020-01-23T09:00:00+08:00")
    {
        // Whoever waits goes on by himself, not on the thread that reads what the process says: that would wait for itself at a kill.
        var (ready, said) = (new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously), new ConcurrentQueue<string>());
        var process = Launch(postgres, "--demo", "--exercise", "--clock", clock, "--data", folder, "--urls", AnyPort);
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("the server stopped:\n" + string.Join('\n', said)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, await ready.Task);

        void Heard(string? line)
        {
            said.Enqueue(line ?? "");
            if (line?.Split(' ') is ["TaskMatrix", "listens", "on", var address, ..])
            {
                ready.TrySetResult(new Uri(address));
            }
        }
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Exit, string Said)> Run(string? postgres, params string[] arguments)
    {
        using var process = Launch(postgres, arguments);
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs it until it ends or something is so far, and kills it then.</summary>
    /// <returns>Whether it was killed before it ended.</returns>
    public static async Task<bool> RunUntil(string? postgres, Func<Task<bool>> reached, params string[] arguments)
    {
        using var process = Launch(postgres, arguments);
        process.Start();
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && !await reached())
        {
            await Task.Yield();
        }

        var killed = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        return killed;
    }

    /// <summary>Starts an exercise of the demo and tells it to stop a while after it has begun, wherever it is then.</summary>
    /// <returns>The exit code and what it said.</returns>
    public static async Task<(int Exit, string Said)> StopAfter(Func<Task<bool>> begun, TimeSpan time, string folder, string? postgres)
    {
        using var process = Launch(postgres, "--demo", "--exercise", "--data", folder, "--urls", AnyPort);
        process.Start();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && !await begun())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        await Task.Delay(time);
        return (await Stopped(process), await output + await errors);
    }

    /// <summary>As it tells its monitoring; 0 while nothing of the kind has happened.</summary>
    public async Task<double> Figure(string name)
    {
        using var client = new HttpClient();
        var line = (await client.GetStringAsync(new Uri(Address, "/metrics"))).Split('\n').FirstOrDefault(line => line.StartsWith(name + ' ', StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as containers are stopped. SIGINT, which the unit sends, does the same, but may be ignored by all that a test run in the background starts.</summary>
    /// <returns>The exit code, once it has stopped.</returns>
    public Task<int> Stop() => Stopped(_process);

    /// <summary>SIGSTOP: it stands still and keeps all that it holds.</summary>
    public void Halt() => Signal(_process, "STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal(_process, "CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static Process Launch(string? postgres, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TaskMatrix.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__TaskMatrix"] = postgres;
        return new Process { StartInfo = start, EnableRaisingEvents = true };
    }

    private static async Task<int> Stopped(Process process)
    {
        Signal(process, "TERM");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail("it was told to stop and did not end");
        }

        return process.ExitCode;
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
