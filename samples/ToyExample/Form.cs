namespace Samples.ToyExample;

/// <summary>One of the three trainings that are compared.</summary>
public sealed record Form(string Name, bool IsNormalized, bool Decays)
{
    public static Form WeightDecay { get; } = new("weight decay", IsNormalized: false, Decays: true);

    public static Form Normalization { get; } = new("normalization", IsNormalized: true, Decays: false);

    public static Form Both { get; } = new("both", IsNormalized: true, Decays: true);

    public static IReadOnlyList<Form> All { get; } = [WeightDecay, Normalization, Both];
}
