using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

/// <summary>One row of the conformance table.</summary>
public sealed record NetworkCase(string Text, InputShape Input, long Parameters)
{
    /// <summary>The same input on the smallest images that every network takes, for tests that train.</summary>
    public InputShape InSmall => Input.IsImage ? Input with { Height = 8, Width = 8 } : Input;

    public override string ToString() => Text;
}
