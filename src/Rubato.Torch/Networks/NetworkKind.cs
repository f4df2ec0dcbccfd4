using Rubato.Language;

namespace Rubato.Torch.Networks;

/// <summary>A family of networks under one name.</summary>
/// <param name="Form">The form of its text, for help, e.g. <c>mlp(SIZE, ..., norm: none|batch)</c>.</param>
/// <param name="Summary">One line on what it is.</param>
/// <param name="Matches">Whether a name belongs to the family.</param>
/// <param name="Read">Reads the options.</param>
/// <remarks>Immutable.</remarks>
public sealed record NetworkKind(
    string Form, string Summary, Func<string, bool> Matches, Func<CallExpression, NetworkDesign> Read);
