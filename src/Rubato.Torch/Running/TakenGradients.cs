using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;
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

    /// <summary>
    /// The same before the gradients of several processes are added up, since afterwards every parameter has one; at the first update only.
    /// </summary>
    /// <exception cref="InvalidInputException">The loss does not depend on a parameter; all findings at once.</exception>
    internal static void Require(Team team, int batch, Module network)
    {
        if (team.IsFirst(batch) && Without(network) is { Count: > 0 } findings)
        {
            throw new InvalidInputException(findings);
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
