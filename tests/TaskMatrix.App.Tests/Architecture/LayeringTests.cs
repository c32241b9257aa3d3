using System.Reflection;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Architecture;

/// <summary>App runs without a web server, and its rooms are the stages of the flow.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly App = typeof(AppServices).Assembly;

    private static readonly string[] Rooms =
        ["Plans", "Duties", "Workflows", "Schedules", "TaskInstances", "Reports", "Overdue", "Notifications", "Inspections", "Audit", "Statistics", "Organisations", "Storage"];

    [Fact]
    public void App_uses_the_engine_and_no_web_server()
    {
        var used = App.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.Contains("TaskMatrix.Engine", used);
        Assert.DoesNotContain(used, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "TaskMatrix.Web");
    }

    [Fact]
    public void Every_type_stands_in_a_room_of_the_flow()
    {
        var strays = App.GetTypes().Where(type => type.Namespace?.StartsWith("TaskMatrix", StringComparison.Ordinal) == true)
            .Where(type => type.Namespace!.Split('.') is not ["TaskMatrix", "App", var room, ..] || !Rooms.Contains(room)).Select(type => type.FullName);

        Assert.Empty(strays);
    }

    [Fact]
    public void Every_command_has_one_handler_and_writes_through_the_gate()
    {
        var requests = App.GetTypes().Where(type => type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>))
            && type is { IsInterface: false, IsAbstract: false }).ToList();
        var handled = App.GetTypes().SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(MediatR.IRequestHandler<,>))
            .Select(contract => contract.GetGenericArguments()[0]).ToList();

        Assert.Equal(requests.Select(type => type.FullName).Order(), handled.Select(type => type.FullName).Order());
        Assert.All(requests.Where(type => type.Name == "Query"), type => Assert.False(typeof(ICommand).IsAssignableFrom(type), $"{type} reads only"));
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Common")]
    [InlineData("Dto")]
    public void No_type_has_a_name_that_says_nothing(string name) =>
        Assert.DoesNotContain(App.GetTypes(), type => type.Name == name || type.Name.EndsWith("Helper", StringComparison.Ordinal)
            || type.Name.EndsWith("Utils", StringComparison.Ordinal) || type.Name.EndsWith("Manager", StringComparison.Ordinal) || type.Name.EndsWith("Dto", StringComparison.Ordinal));
}
