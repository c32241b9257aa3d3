using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Reads and writes the rows of one table by prepared statements, with the columns and conversions of EF's model: a column
/// that is added to the model is written without a change here.
/// </summary>
internal sealed class RowMap<T> where T : class
{
    private static readonly ConcurrentDictionary<IModel, RowMap<T>> Maps = [];

    private readonly Column[] _columns;
    private readonly int[] _key;
    private readonly int _token;
    private readonly string _table;
    private readonly Func<StoredRow, T> _make;

    /// <summary>What is no property of the object stands in the row alone.</summary>
    private readonly (int Place, Func<StoredRow, object?> Load)[] _computed;

    private readonly Statement _insert, _upsert;
    private readonly ConcurrentDictionary<UInt128, Statement> _updates = [];

    private RowMap(IEntityType entity, IReadOnlyDictionary<string, Func<T, object?>> computed)
    {
        _table = entity.GetTableName()!;
        _columns = [.. entity.GetProperties().Where(property => !IsMadeByDatabase(property)).Select(property => Column.Of(property, computed))];
        if (_columns.Length > 128)
        {
            throw new NotSupportedException($"{_table} has more columns than fit into the key of an update.");
        }

        _key = [.. entity.FindPrimaryKey()!.Properties.Select(key => Array.FindIndex(_columns, column => column.Name == key.GetColumnName())).Where(index => index >= 0)];
        _token = Array.FindIndex(_columns, column => column.IsToken);
        _make = Reader();
        _computed = [.. _columns.Index().Where(one => one.Item.Property.IsShadowProperty()).Select(one => (one.Index, Loader(one.Item, one.Index)))];
        var places = string.Join(", ", _columns.Select((_, i) => $"${i + 1}"));
        var types = _columns.Select(column => column.Stored).ToList();
        var (insert, conflict) = ($"INSERT INTO {_table} ({Names})", Conflict(entity));
        _insert = new Statement($"{insert} VALUES ({places})", types, one: true) { Many = $"{insert} SELECT * FROM unnest({places})" };
        _upsert = new Statement($"{_insert.Sql} {conflict}", types) { Many = $"{_insert.Many} {conflict}" };
    }

    /// <summary>Names of the columns that are written.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Name)];

    private string Names => string.Join(", ", Columns);

    /// <param name="computed">Where the columns come from that are no property of the object; null when there are none.</param>
    public static RowMap<T> Of(StoreContext db, IReadOnlyDictionary<string, Func<T, object?>>? computed = null) =>
        Maps.GetOrAdd(db.Model, model => new RowMap<T>(model.FindEntityType(typeof(T))!, computed ?? new Dictionary<string, Func<T, object?>>()));

    /// <param name="where">Condition with its parameters, and what else follows.</param>
    public Statement Select(string where, params Type[] types) => new($"SELECT {Names} FROM {_table} WHERE {where}", types);

    public Change InsertOf(T row) => InsertOf(Values(row));

    /// <param name="values">What <see cref="Values(T)"/> says of the row.</param>
    public Change InsertOf(object?[] values) => new(_insert, Stored(values));

    /// <summary>Sets the row of this key, which may or may not be there; writes nothing when it stands as it should.</summary>
    public Change UpsertOf(T row) => new(_upsert, Stored(Values(row)));

    /// <summary>Makes an object of a row that was read with <see cref="Select"/>, and what its columns held.</summary>
    public (T Row, object?[] Before) Read(StoredRow stored)
    {
        var row = _make(stored);
        var before = Values(row);
        foreach (var (place, load) in _computed)
        {
            before[place] = load(stored);
        }

        return (row, before);
    }

    /// <summary>What the columns hold now, to be compared when the row is written.</summary>
    public object?[] Values(T row) => Array.ConvertAll(_columns, column => column.Get(row));

    /// <summary>What EF knows of a row that was read through it.</summary>
    public object?[] Values(Func<IProperty, object?> value) => Array.ConvertAll(_columns, column => value(column.Property));

    /// <param name="before">The row as it was read.</param>
    /// <returns>Sets the columns that differ; the row must still be the one that was read. Null when none differs.</returns>
    public Change? UpdateOf(T row, object?[] before) => UpdateOf(Values(row), before);

    /// <inheritdoc cref="UpdateOf(T, object?[])"/>
    /// <param name="after">What <see cref="Values(T)"/> says of the row.</param>
    public Change? UpdateOf(object?[] after, object?[] before)
    {
        UInt128 changed = 0;
        for (var i = 0; i < after.Length; i++)
        {
            changed |= Equals(before[i], after[i]) ? 0 : UInt128.One << i;
        }

        if (changed == 0)
        {
            return null;
        }

        var values = new List<object?>(after.Length);
        for (var i = 0; i < after.Length; i++)
        {
            if ((changed >> i & 1) == 1)
            {
                values.Add(_columns[i].Store(after[i]));
            }
        }

        foreach (var i in Condition())
        {
            values.Add(_columns[i].Store(before[i]));
        }

        return new Change(_updates.GetOrAdd(changed, Update), [.. values]);
    }

    private object?[] Stored(object?[] values)
    {
        var stored = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            stored[i] = _columns[i].Store(values[i]);
        }

        return stored;
    }

    private string Conflict(IEntityType entity)
    {
        var others = _columns.Where((_, i) => !_key.Contains(i)).Select(column => column.Name).ToList();
        return $"ON CONFLICT ({string.Join(", ", entity.FindPrimaryKey()!.Properties.Select(key => key.GetColumnName()))}) DO UPDATE SET "
            + $"{string.Join(", ", others.Select(name => $"{name} = excluded.{name}"))} WHERE {string.Join(" OR ", others.Select(name => $"{_table}.{name} IS DISTINCT FROM excluded.{name}"))}";
    }

    private static bool IsMadeByDatabase(IProperty property) => property.ValueGenerated == ValueGenerated.OnAddOrUpdate
        || (property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long));

    private IEnumerable<int> Condition() => _token < 0 ? _key : [.. _key, _token];

    private Statement Update(UInt128 changed)
    {
        var set = Enumerable.Range(0, _columns.Length).Where(i => (changed >> i & 1) == 1).ToList();
        var key = Condition().ToList();
        var columns = set.Concat(key).ToList();
        string Text(Func<int, string> value, string from) =>
            $"UPDATE {_table} SET {string.Join(", ", set.Select((column, i) => $"{_columns[column].Name} = {value(i)}"))}{from} "
            + $"WHERE {string.Join(" AND ", key.Select((column, i) => $"{_table}.{_columns[column].Name} = {value(set.Count + i)}"))}";
        var (places, names) = (columns.Select((_, i) => $"${i + 1}"), columns.Select((_, i) => $"p{i}"));
        return new Statement(Text(i => $"${i + 1}", ""), [.. columns.Select(column => _columns[column].Stored)], one: true)
        {
            Many = Text(i => $"given.p{i}", $" FROM unnest({string.Join(", ", places)}) AS given ({string.Join(", ", names)})"),
        };
    }

    /// <summary>The expressions that EF would make: value, conversion, member.</summary>
    private Func<StoredRow, T> Reader()
    {
        var (stored, row) = (Expression.Parameter(typeof(StoredRow)), Expression.Variable(typeof(T)));
        var make = Expression.New(typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])!);
        var members = _columns.Select((column, i) => (column, i)).Where(one => !one.column.Property.IsShadowProperty())
            .Select(one => Expression.Assign(one.column.Member(row), one.column.Read(stored, one.i)));
        return Expression.Lambda<Func<StoredRow, T>>(Expression.Block([row], [Expression.Assign(row, make), .. members, row]), stored).Compile();
    }

    private static Func<StoredRow, object?> Loader(Column column, int place)
    {
        var stored = Expression.Parameter(typeof(StoredRow));
        return Expression.Lambda<Func<StoredRow, object?>>(Expression.Convert(column.Read(stored, place), typeof(object)), stored).Compile();
    }

    private sealed record Column(IProperty Property, string Name, Type Stored, bool IsToken, Func<T, object?> Get, ValueConverter? Converter)
    {
        public static Column Of(IProperty property, IReadOnlyDictionary<string, Func<T, object?>> computed)
        {
            var mapping = property.GetRelationalTypeMapping();
            var stored = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
            var get = property.IsShadowProperty()
                ? computed.GetValueOrDefault(property.Name) ?? throw new InvalidOperationException($"Nothing says where column {property.Name} of {typeof(T).Name} comes from.")
                : Getter(property);
            return new Column(property, property.GetColumnName(), Nullable.GetUnderlyingType(stored) ?? stored, property.IsConcurrencyToken, get, mapping.Converter);
        }

        public object? Store(object? value) => value is null || Converter is not { } converter ? value : converter.ConvertToProvider(value);

        public Expression Member(Expression row) => Property.GetMemberInfo(forMaterialization: true, forSet: true) switch
        {
            FieldInfo { IsInitOnly: true } => Expression.Property(row, Property.PropertyInfo!),
            FieldInfo field => Expression.Field(row, field),
            var member => Expression.MakeMemberAccess(row, member),
        };

        public Expression Read(Expression row, int place)
        {
            Expression value = Expression.Call(row, Method, null, Expression.Constant(place));
            value = value.Type == Stored ? value : Expression.Convert(value, Stored);
            value = Converter is { } converter ? Expression.Invoke(converter.ConvertFromProviderExpression, value) : value;
            value = value.Type == Property.ClrType ? value : Expression.Convert(value, Property.ClrType);
            var isNull = Expression.Call(row, nameof(StoredRow.IsNull), null, Expression.Constant(place));
            return Property.IsNullable ? Expression.Condition(isNull, Expression.Default(Property.ClrType), value) : value;
        }

        private string Method => Stored switch
        {
            _ when Stored == typeof(string) => nameof(StoredRow.Text),
            _ when Stored == typeof(long) || Stored == typeof(int) => nameof(StoredRow.Number),
            _ when Stored == typeof(bool) => nameof(StoredRow.Flag),
            _ when Stored == typeof(Guid) => nameof(StoredRow.Id),
            _ => throw new NotSupportedException($"{Stored} in column {Name}"),
        };

        private static Func<T, object?> Getter(IProperty property)
        {
            var row = Expression.Parameter(typeof(T));
            return Expression.Lambda<Func<T, object?>>(Expression.Convert(Expression.Property(row, property.PropertyInfo!), typeof(object)), row).Compile();
        }
    }
}
