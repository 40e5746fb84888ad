# What R's fpc and cluster say of the tables and divisions that peers.py wrote: one JSON file in, one out.
suppressPackageStartupMessages({
  library(cluster)
  library(fpc)
  library(jsonlite)
})

told <- commandArgs(trailingOnly = TRUE)
given <- fromJSON(told[1], simplifyVector = TRUE, simplifyDataFrame = FALSE)
set.seed(given$seed)

# Neither package has Davies & Bouldin (1979) nor the entropy of Dolnicar & Leisch (2017): here they are from the paper.
davies_bouldin <- function(x, labels) {
  k <- max(labels)
  centres <- t(sapply(1:k, function(i) colMeans(x[labels == i, , drop = FALSE])))
  scatter <- sapply(1:k, function(i) {
    off <- sweep(x[labels == i, , drop = FALSE], 2, centres[i, ])
    mean(sqrt(rowSums(off^2)))
  })
  apart <- as.matrix(dist(centres))
  diag(apart) <- Inf
  mean(apply(outer(scatter, scatter, "+") / apart, 1, max))
}

persistence <- function(former, now) {
  share <- prop.table(table(former, now), 2)
  entropy <- -colSums(ifelse(share > 0, share * log(share), 0))
  as.vector(1 - entropy / log(nrow(share)))
}

likeness <- function(own, theirs, drawn) {
  k <- max(own)
  sapply(1:k, function(i) {
    max(sapply(1:k, function(j) clujaccard((own == i)[drawn], (theirs == j)[drawn], zerobyzero = 0)))
  })
}

exact <- function(x, apart, each) {
  statistics <- cluster.stats(apart, each$labels, alt.clustering = each$other)
  widths <- silhouette(each$labels, apart)[, 3]
  list(
    silhouette = mean(widths),
    segment_silhouettes = as.vector(tapply(widths, each$labels, mean)),
    calinski_harabasz = statistics$ch,
    davies_bouldin = davies_bouldin(x, each$labels),
    log_w = log(statistics$within.cluster.ss),
    adjusted_rand = statistics$corrected.rand,
    persistence = if (is.null(each$former)) NULL else persistence(each$former, each$labels),
    jaccard = colMeans(t(apply(as.matrix(seq_along(each$resampled[, 1])), 1, function(i) {
      likeness(each$labels, each$resampled[i, ], each$drawn[i, ] > 0)
    })))
  )
}

by_chance <- function(x, table) {
  quiet <- function(expression) {
    utils::capture.output(found <- suppressWarnings(expression))
    found
  }
  ks <- table$ks
  gap <- quiet(clusGap(x, kmeans, K.max = max(ks), B = given$tables, d.power = 2, nstart = given$starts, iter.max = 50))
  strength <- quiet(prediction.strength(x, min(ks), max(ks), M = given$splits, runs = given$starts, iter.max = 50))
  again <- quiet(clusterboot(
    x, B = given$resamples, bootmethod = "boot", multipleboot = TRUE, clustermethod = kmeansCBI, krange = table$k,
    runs = given$starts, iter.max = 50, count = FALSE
  ))
  log_w <- gap$Tab[, "logW"] + log(2)
  list(
    tables = given$tables,
    log_w = as.vector(log_w),
    gap = as.vector(gap$Tab[, "gap"]),
    gap_error = as.vector(gap$Tab[, "SE.sim"]),
    gap_k = maxSE(gap$Tab[, "gap"], gap$Tab[, "SE.sim"], "Tibs2001SEmax"),
    gap_first = maxSE(gap$Tab[, "gap"], gap$Tab[, "SE.sim"], "firstSEmax"),
    strength = strength$mean.pred[ks],
    strength_error = sapply(ks, function(k) sd(strength$predcorr[[k]]) / sqrt(given$splits)),
    strength_k = strength$optimalk,
    weakest = min(again$bootmean),
    weakest_error = sd(again$bootresult[which.min(again$bootmean), ]) / sqrt(given$resamples)
  )
}

answered <- lapply(given$tables_given, function(table) {
  x <- as.matrix(table$rows)
  apart <- dist(x)
  list(
    divisions = lapply(table$divisions, function(each) exact(x, apart, each)),
    own_gap_k = maxSE(table$gap, table$gap_error, "Tibs2001SEmax"),
    by_chance = by_chance(x, table)
  )
})
write_json(answered, told[2], digits = NA, auto_unbox = TRUE, null = "null")
