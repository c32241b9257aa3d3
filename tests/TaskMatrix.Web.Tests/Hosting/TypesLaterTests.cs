using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>What routes hold of a type reads and writes as the type itself does, and is not looked at before.</summary>
public sealed class TypesLaterTests
{
    private readonly JsonSerializerOptions _routes = new ServiceCollection().AddJson().BuildServiceProvider().GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public TypesLaterTests() => _routes.MakeReadOnly();

    [Theory]
    [InlineData(typeof(ListPage<TaskView>))]
    [InlineData(typeof(BulkBody))]
    [InlineData(typeof(IReadOnlyList<TaskView>))]
    public void A_start_does_not_look_into_types(Type type) => Assert.Equal(JsonTypeInfoKind.None, _routes.GetTypeInfo(type).Kind);

    [Fact]
    public void A_type_that_its_value_decides_keeps_the_name_of_the_kind()
    {
        var type = (JsonTypeInfo<TaskEvent>)_routes.GetTypeInfo(typeof(TaskEvent));
        Assert.Contains("\"type\":\"return-refused\"", JsonSerializer.Serialize(new ReturnRefused("-", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), type));
    }

    [Fact]
    public void What_cannot_be_read_is_told_with_its_whole_path()
    {
        var type = (JsonTypeInfo<BulkBody>)_routes.GetTypeInfo(typeof(BulkBody));
        Assert.Equal("$.taskIds[1]", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"taskIds":["one",2]}""", type)).Path);
        Assert.Equal(["one"], JsonSerializer.Deserialize("""{"taskIds":["one"]}""", type)!.TaskIds);
        Assert.Null(JsonSerializer.Deserialize("null", type));
        Assert.Equal("null", JsonSerializer.Serialize(null!, type));
    }
}
