namespace Rubato.Torch.Networks;

/// <summary>
/// A network with factors on the plan's learning rate and weight decay for some of its parameters, as Caffe's <c>lr_mult</c> and
/// <c>decay_mult</c>.
/// </summary>
public interface IParameterMultipliers
{
    /// <summary>The factors on the plan's learning rate and weight decay.</summary>
    /// <param name="parameterName">The parameter's full name in this network, e.g. <c>conv1.bias</c>.</param>
    /// <returns>Both factors; 1 if there is nothing special.</returns>
    (double Rate, double Decay) MultipliersOf(string parameterName);
}
