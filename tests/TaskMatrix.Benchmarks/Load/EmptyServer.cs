using System.CommandLine;
namespace TaskMatrix.Benchmarks.Load;
internal static class EmptyServer { public static Command Command() => new("empty-server", "x"); }
