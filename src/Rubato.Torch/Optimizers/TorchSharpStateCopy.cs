using System.Reflection;
using TorchSharp.Modules;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// A copy of the state of TorchSharp's optimizers: the fields of the <see cref="OptimizerState"/> of each parameter. A tensor that is
/// newer than the copy is null again after it is restored.
/// </summary>
internal sealed class TorchSharpStateCopy : OptimizerStateCopy
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<TorchSharpStateField> _fields = [];

    /// <summary>Room for a copy, which <see cref="Retake"/> fills.</summary>
    /// <param name="groups">The groups with their optimizers.</param>
    /// <exception cref="InvalidInputException">An optimizer has state elsewhere, or of another type.</exception>
    internal TorchSharpStateCopy(IReadOnlyList<TorchSharpGroup> groups)
    {
        foreach (var (number, group) in groups.Index())
        {
            var holder = group.StateHolder
                ?? throw Refused(group, "holds its state where no snapshot sees it", "take another, such as SGD");
            RequireNoOtherState(group, holder.GetType());
            foreach (var (index, (state, parameter)) in holder.state_dict().State.Zip(holder.parameters()).Index())
            {
                _fields.AddRange(FieldsOf(state.GetType(), typeof(OptimizerState)).Where(field => !IsFixed(field)).Select(
                    field => TorchSharpStateField.Of($"{number}.{index}", state, field, parameter) ?? throw Refused(
                        group,
                        $"has a state with the field '{field.Name}' of the type {field.FieldType.Name}, which no snapshot holds",
                        "make it a long, a double or a Tensor")));
            }
        }
    }

    /// <inheritdoc/>
    internal override void Retake() => _fields.ForEach(field => field.Retake());

    /// <inheritdoc/>
    internal override void Restore() => _fields.ForEach(field => field.Restore());

    /// <inheritdoc/>
    internal override IReadOnlyList<StatePart> Parts(bool withAllState) => [.. _fields.SelectMany(field => field.Parts())];

    /// <inheritdoc/>
    public override void Dispose() => _fields.ForEach(field => field.Dispose());

    // TorchSharp's own types have no further state.
    private static void RequireNoOtherState(TorchSharpGroup group, Type type)
    {
        var other = FieldsOf(type, typeof(OptimizerHelper)).FirstOrDefault(
            field => field.DeclaringType!.Assembly != typeof(OptimizerHelper).Assembly && !IsFixed(field));
        if (other is not null)
        {
            throw Refused(
                group,
                $"has the field '{other.Name}', which may change from update to update where no snapshot sees it",
                "put it into an OptimizerState for each parameter, or make it a read-only number");
        }
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type, Type end)
    {
        for (var declaring = type; declaring is not null && declaring != end; declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Declared).OrderBy(field => field.MetadataToken))
            {
                yield return field;
            }
        }
    }

    private static bool IsFixed(FieldInfo field) =>
        field.IsInitOnly && (field.FieldType.IsPrimitive || field.FieldType.IsEnum || field.FieldType == typeof(string));

    private static InvalidInputException Refused(TorchSharpGroup group, string rule, string remedy) =>
        new(new Finding(group.Name, null, rule, remedy));
}
