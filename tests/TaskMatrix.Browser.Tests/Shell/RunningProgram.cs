using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>The program as a user starts it, in a process and a folder of its own, and a browser to look at it.</summary>
public sealed partial class RunningProgram : IAsyncLifetime
{
    public const string Password = "TaskMatrix-Demo-2020";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _data = Directory.CreateTempSubdirectory("taskmatrix-browser-").FullName;
    private Process? _server;
    private IPlaywright? _playwright;

    /// <summary>On a port that was free at the first start, and is kept for the next.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>What a browser keeps of each who has signed in: to show the password again would cost a second each time.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, string> SignedIn { get; } = new();

    public async Task InitializeAsync()
    {
        await Start();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_playwright is not null)
        {
            await (Browser?.DisposeAsync() ?? ValueTask.CompletedTask);
            _playwright.Dispose();
        }

        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>The program is killed as it stands and started again on its data.</summary>
    public async Task Crash()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        await Start();
    }

    private async Task Start()
    {
        _server = Process.Start(new ProcessStartInfo("dotnet", [Dll, "--demo", "--exercise", "--clock", "2020-01-23T08:00:00+08:00", "--data", _data, "--urls", Address])
        {
            RedirectStandardOutput = true,
        })!;
        await Listening().WaitAsync(Patience);
    }

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "TaskMatrix.Web.dll");

    private async Task Listening()
    {
        while (await _server!.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Said.Match(line) is { Success: true } said)
            {
                Address = said.Groups[1].Value;
                // Read on, or the program stops when the pipe is full.
                _ = _server.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("The program ended before it listened.");
    }

    [GeneratedRegex(@"^TaskMatrix listens on (\S+)")]
    private static partial Regex Said { get; }
}

/// <summary>One program for all: starting it takes longer than a journey.</summary>
[CollectionDefinition(Name)]
public sealed partial class RunningProgramCollection : ICollectionFixture<RunningProgram>
{
    public const string Name = "running program";
}
