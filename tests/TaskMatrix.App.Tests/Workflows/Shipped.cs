using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

/// <summary>The definitions that ship with the product, as they lie in the output folder.</summary>
internal static class Shipped
{
    public static string Root => AppContext.BaseDirectory;

    public static IReadOnlyList<DefinitionFile> Files { get; } = DefinitionFolder.Read(Root);

    public static DefinitionSet Set { get; } = Load(Files);

    public static DefinitionSet Load(IReadOnlyList<DefinitionFile> files) => DefinitionLoader.Load(files, DefinitionFolder.Documents(Root));

    /// <summary>The shipped files, one of them with other words.</summary>
    public static IReadOnlyList<DefinitionFile> With(string id, string text) => [.. Files.Select(file => file.Id == id ? file with { Text = text } : file)];

    public static string TextOf(string id) => Files.Single(file => file.Id == id).Text;
}
