using System.CommandLine;
namespace TaskMatrix.Benchmarks.Load;
internal static class LoadVerb { public static Command Command() => new("load", "x"); }
