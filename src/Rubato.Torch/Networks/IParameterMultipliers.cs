namespace Rubato.Torch.Networks;

/// <summary>
/// A network some of whose parameters learn or decay faster or slower than the plan says, as Caffe's <c>lr_mult</c> and <c>decay_mult</c>
/// do.
/// </summary>
public interface IParameterMultipliers
{
    /// <summary>The factors on the plan's learning rate and weight decay.</summary>
    /// <param name="parameterName">The parameter's full name in this network, e.g. <c>conv1.bias</c>.</param>
    /// <returns>Both factors; 1 where there is nothing special.</returns>
    (double Rate, double Decay) MultipliersOf(string parameterName);
}
