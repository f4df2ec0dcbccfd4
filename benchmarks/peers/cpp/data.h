#pragma once
#include <torch/torch.h>

#include <string>

struct TrainSet {
    torch::Tensor images;  // float, [N, C * H * W]; in channels-last order [N, H * W * C], so that one row gather keeps the layout
    torch::Tensor labels;  // int64, [N]
    int64_t channels, side;
    bool channels_last;

    // Samples `index` as [B, C, H, W], without a copy beyond the gather itself.
    torch::Tensor gather(const torch::Tensor& index) const;
};

std::string read_file(const std::string& path);

// Reads the IDX or CIFAR-10 set and normalises it as pytorch_train.py does.
TrainSet load_train(const std::string& network, const std::string& folder, bool channels_last);
