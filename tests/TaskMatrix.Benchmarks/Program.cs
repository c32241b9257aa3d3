using System.CommandLine;
using TaskMatrix.Benchmarks.Figures;
using TaskMatrix.Benchmarks.Load;
using TaskMatrix.Benchmarks.Measuring;

var json = new Option<string?>("--json") { Description = "File for the figures" };
var only = new Option<string[]>("--only") { Description = "Name of a figure; may be given several times" };
var folder = new Option<string>("--work") { Description = "Folder of the databases, on the disk that is to be measured", DefaultValueFactory = _ => Workplace.DefaultFolder };
var rounds = new Option<int>("--rounds") { Description = "Rounds of a figure", DefaultValueFactory = _ => 5 };
var seconds = new Option<double>("--seconds") { Description = "Length of one side of a round", DefaultValueFactory = _ => 2 };

var root = new RootCommand("Measures TaskMatrix against the limit of the machine it runs on") { json, only, folder, rounds, seconds };
root.SetAction((parsed, ct) => Measurement.Run(
    AllFigures.List, parsed.GetValue(only) ?? [], parsed.GetValue(json),
    new Workplace(parsed.GetValue(folder)!, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds))), ct));
root.Subcommands.Add(LoadVerb.Command());
root.Subcommands.Add(EmptyServer.Command());
return await root.Parse(args).InvokeAsync();
