namespace Rubato.Peers;

/// <summary>The flags of the protocol in <c>benchmarks/peers/README.md</c>.</summary>
internal sealed record CompetitorSettings(
    string Network,
    int Batch,
    int Threads,
    int Warmup,
    int Steps,
    string Data,
    string Weights,
    bool Parity,
    string? Optimizer,
    double? LearningRate,
    double? WeightDecay,
    string? MemoryFormat,
    bool IsDouble);
