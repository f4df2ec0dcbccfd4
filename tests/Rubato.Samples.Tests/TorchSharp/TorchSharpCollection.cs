namespace Rubato.Samples.Tests.TorchSharp;

/// <summary>One after another: TorchSharp's random state is the process's.</summary>
[CollectionDefinition(Name)]
public sealed class TorchSharpCollection
{
    public const string Name = "TorchSharp";
}
