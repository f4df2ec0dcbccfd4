namespace Peers;

/// <summary>The flags of the protocol in <c>benchmarks/peers/README.md</c>; what is not given is that of its table of networks.</summary>
internal sealed record Settings(
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
    bool IsDouble)
{
    public string OptimizerName => Optimizer ?? (Network == "cifar10-full" ? "sgd" : "nesterov");

    public double Rate => LearningRate ?? Network switch
    {
        "cifar10-full" => 0.001,
        "wrn-16-4" => 0.1,
        _ => 0.05,
    };

    public double Decay => WeightDecay ?? (Network == "cifar10-full" ? 0.004 : 5e-4);

    public bool IsConstant => Parity || Network == "cifar10-full";
}
