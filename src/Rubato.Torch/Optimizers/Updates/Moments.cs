namespace Rubato.Torch.Optimizers.Updates;

/// <summary>The moments of Adam's family: <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; root = sqrt(v) / c + eps</c>.</summary>
/// <param name="Beta1">b1.</param>
/// <param name="Beta2">b2.</param>
/// <param name="Correction">c: the root of 1 minus the product of all b2, or 1 for none.</param>
/// <param name="Epsilon">eps.</param>
internal readonly record struct Moments(double Beta1, double Beta2, double Correction, double Epsilon)
{
    /// <summary>Takes a gradient into the moments.</summary>
    internal void Follow<TVector>(TVector gradient, TVector mean, TVector square, TVector root)
        where TVector : struct, IVector<TVector>, allows ref struct
    {
        mean.Multiply(Beta1);
        mean.Add(gradient, 1 - Beta1);
        square.Multiply(Beta2);
        square.AddSquare(gradient, 1 - Beta2);
        root.SetRoot(square);
        if (Correction != 1)
        {
            root.Multiply(1 / Correction);
        }

        root.Add(Epsilon);
    }
}
