using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <summary>Classes of units in words.</summary>
internal static class ClassWords
{
    /// <summary>A class that an office thought of goes by its id.</summary>
    public static string Class(this Texts texts, string id) => texts.Has("class." + id) ? texts["class." + id] : id;
}
