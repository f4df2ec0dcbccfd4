using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>A module whose buffers are exponential moving averages, such as the running statistics of a normalization.</summary>
internal interface IMovingAverages
{
    /// <summary>The averages: <c>r = (1 - m) r + m s</c> with each statistic s.</summary>
    IReadOnlyList<Tensor> Averages { get; }

    /// <summary>m, in (0, 1].</summary>
    double AverageMomentum { get; }

    /// <summary>How many statistics there were, a 64-bit number.</summary>
    Tensor AveragedCount { get; }
}
