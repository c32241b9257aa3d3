using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TaskMatrix.Web.Shell;

/// <summary>Addresses of the files in wwwroot; each names its version, so a browser may keep it for good.</summary>
internal sealed class PageAssets(IWebHostEnvironment host)
{
    public const string VersionKey = "v";

    private readonly ConcurrentDictionary<string, string> _addresses = new();

    /// <param name="path">Below wwwroot: <c>lib/htmx.min.js</c>.</param>
    public string this[string path] => _addresses.GetOrAdd(path, Address);

    private string Address(string path)
    {
        var file = host.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists)
        {
            return "/" + path;
        }

        using var content = file.CreateReadStream();
        return $"/{path}?{VersionKey}={Convert.ToHexStringLower(SHA256.HashData(content))[..12]}";
    }
}
