using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TaskMatrix.Engine.Tests.Architecture;

/// <summary>What a compiled assembly names of other assemblies, read from its metadata.</summary>
internal sealed class EngineReferences : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public EngineReferences(string assemblyFile)
    {
        _file = new PEReader(File.OpenRead(assemblyFile));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>Types of other assemblies: <c>System.TimeProvider</c>.</summary>
    public IReadOnlySet<string> Types() => _metadata.TypeReferences.Select(Name).ToHashSet();

    /// <summary>Members of other assemblies: <c>System.DateTime.get_Now</c>.</summary>
    public IReadOnlySet<string> Members() => _metadata.MemberReferences.Select(_metadata.GetMemberReference)
        .Where(member => member.Parent.Kind is HandleKind.TypeReference)
        .Select(member => $"{Name((TypeReferenceHandle)member.Parent)}.{_metadata.GetString(member.Name)}")
        .ToHashSet();

    public void Dispose() => _file.Dispose();

    private string Name(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }
}
