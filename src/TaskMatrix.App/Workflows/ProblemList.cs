using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Workflows;

/// <summary>The problems of one file, in the order they are found; reading goes on after each.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<DefinitionProblem> found = [];

    public IReadOnlyList<DefinitionProblem> Found => found;

    public void Add(YamlNode at, string code, params object[] arguments) => Add(at.Start, code, arguments);

    public void Add(Mark at, string code, params object[] arguments) => Add((int)at.Line, (int)at.Column, code, arguments);

    /// <summary>A member that is read twice is told once.</summary>
    public void Add(int line, int column, string code, params object[] arguments)
    {
        var problem = new DefinitionProblem(file, Math.Max(1, line), Math.Max(1, column), code, arguments);
        if (!found.Exists(other => other.ToString() == problem.ToString()))
        {
            found.Add(problem);
        }
    }
}
