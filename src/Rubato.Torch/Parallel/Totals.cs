namespace Rubato.Torch.Parallel;

/// <summary>What the messages of all processes come to, added up in the order of the ranks.</summary>
/// <param name="Loss">The mean loss over the batch.</param>
/// <param name="Squares">The sum of <c>|g_k|^2</c> over all parts of the batch.</param>
/// <param name="Inverses">The sum of <c>1 / b_k</c> over the same parts.</param>
/// <param name="Parts">Their number.</param>
/// <remarks>Immutable.</remarks>
internal readonly record struct Totals(double Loss, double Squares, double Inverses, int Parts);
