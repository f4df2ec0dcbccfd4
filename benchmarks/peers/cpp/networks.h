#pragma once
#include <torch/torch.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

struct Network {
    std::vector<torch::Tensor> parameters;
    std::vector<double> rate_multipliers, decay_multipliers;
    std::function<torch::Tensor(const torch::Tensor&)> forward;
};

// Builds the network on these tensors; parameters become leaves, in channels-last layout if asked for.
Network make_network(const std::string& name, std::map<std::string, torch::Tensor> tensors, bool channels_last);
