using Rubato.Torch.Optimizers;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>Takes the gradients of a network, and names the parameters that have none.</summary>
internal static class TakenGradients
{
    /// <exception cref="InvalidInputException">The loss does not depend on a parameter; all findings at once.</exception>
    internal static void Take(Optimizer optimizer, Module network)
    {
        try
        {
            optimizer.TakeGradients();
        }
        catch (InvalidOperationException exception) when (Without(network) is { Count: > 0 } findings)
        {
            throw new InvalidInputException(findings, exception);
        }
    }

    private static List<Finding> Without(Module network) =>
    [
        .. from named in network.named_parameters()
           where named.parameter.requires_grad && named.parameter.grad is null
           select new Finding(
               "parameter",
               named.name,
               "but the loss does not depend on it, so that it has no gradient",
               "set its requires_grad to false, or use it in the network"),
    ];
}
