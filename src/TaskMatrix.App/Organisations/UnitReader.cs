using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Reads the units of a seed file, their names, classes and posts.</summary>
internal static class UnitReader
{
    public static IReadOnlyList<OrganisationUnit> Read(YamlMap root, string jurisdiction)
    {
        var units = new List<OrganisationUnit>();
        foreach (var unit in root.Maps("units"))
        {
            units.Add(Unit(unit.Only("id", "name", "english", "aliases", "classes", "posts"), jurisdiction, units));
        }

        if (units.All(unit => unit.Id != Actor.OfficeUnit))
        {
            root.Problem("units", "seed.office-missing", Actor.OfficeUnit);
        }

        return units;
    }

    private static OrganisationUnit Unit(YamlMap unit, string jurisdiction, List<OrganisationUnit> before)
    {
        var read = new OrganisationUnit(
            jurisdiction, unit.Text("id"), before.Count + 1, unit.Text("name"), unit.Text("english"),
            unit.Texts("aliases"), unit.Texts("classes"), Posts(unit));
        foreach (var name in read.Aliases.Append(read.Name).Append(read.Id))
        {
            if (before.Find(other => other.Answers(name)) is { } other)
            {
                unit.Problem("name", "seed.ambiguous-name", name, other.Id);
            }
        }

        return read;
    }

    private static List<Post> Posts(YamlMap unit)
    {
        var posts = unit.Maps("posts").Select(post => post.Only("id", "title", "english", "role", "assumption"))
            .Select(post => (Map: post, Post: Post(post))).ToList();
        foreach (var (map, post) in posts.Where(one => posts.First(other => other.Post.Id == one.Post.Id).Map != one.Map))
        {
            map.Problem("id", "seed.duplicate-post", post.Id);
        }

        return [.. posts.Select(one => one.Post)];
    }

    private static Post Post(YamlMap post) => new(
        post.Text("id"), post.Text("title"), post.Text("english"),
        post.OneOf("role", Engine.Organisations.Post.PostRoles), post.OptionalText("assumption"));
}
